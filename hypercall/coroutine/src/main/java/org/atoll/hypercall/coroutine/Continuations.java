package org.atoll.hypercall.coroutine;

import org.atoll.hypercall.cpu.Coroutine;
import org.atoll.hypercall.cpu.Coroutines;

/**
 * Continuations of the JVM: the quickest, for trusted code alone. A body runs on the thread of the
 * CPU that has it, and owns there what that thread owns.
 *
 * <p><b>A body must hold no lock while it waits.</b> The JVM leaves a body that holds a monitor or
 * a {@link java.util.concurrent.locks.Lock}, whose owner then is the CPU's thread or nobody:
 * another body enters what is locked, or its CPU waits for ever. Monitors are looked for at some
 * waits of each body, see {@link Look}; locks are not.
 */
public final class Continuations implements Coroutines {

  /** What the JVM has to be started with. */
  public static final String FLAG = "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED";

  /**
   * At which waits of a body it is looked whether it holds a monitor, which takes a quarter of a
   * millisecond.
   */
  public enum Look {
    /**
     * At the first, second, fourth, eighth: costs nothing in the long run, and finds what a body
     * does again and again. A monitor at a rare wait may not be found.
     */
    NOW_AND_THEN,
    /** At each: for tests of code that is to be trusted. */
    ALWAYS
  }

  private final Look look;

  /** Those that look now and then; refuses as {@link #Continuations(Look)}. */
  public Continuations() {
    this(Look.NOW_AND_THEN);
  }

  /**
   * Those that look so often.
   *
   * @throws UnsupportedOperationException when the JVM lacks the {@link #FLAG}, which it names
   */
  public Continuations(Look look) {
    Flags.require(areThere(), "continuations need", FLAG);
    this.look = look;
  }

  /** Whether the JVM was started with the {@link #FLAG}. */
  public static boolean areThere() {
    Module ours = Continuations.class.getModule();
    return Object.class.getModule().isExported("jdk.internal.vm", ours);
  }

  @Override
  public Coroutine of(String name, Runnable body) {
    return new ContinuationStack(name, body, new HeldMonitors(look));
  }
}
