package org.atoll.hypercall.coroutine;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import org.atoll.hypercall.cpu.Coroutine;
import org.atoll.hypercall.cpu.Coroutines;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads whose carrier is the thread of the CPU that has the body: for code that is not
 * trusted with locks. What a body locks is its own, whichever CPU runs it.
 *
 * <p>The JDK makes virtual threads of one's own scheduler by a constructor that it keeps for its
 * own tests. Where that is not there, or not open, this refuses.
 */
public final class VirtualThreads implements Coroutines {

  /** What the JVM has to be started with. */
  public static final String FLAG = "--add-opens=java.base/java.lang=ALL-UNNAMED";

  private final Constructor<?> builders;

  /**
   * Finds out how they are made.
   *
   * @throws UnsupportedOperationException when the JVM lacks the {@link #FLAG}, which it names, or
   *     the constructor
   */
  public VirtualThreads() {
    Constructor<?> found = builder();
    if (found == null) {
      throw new UnsupportedOperationException(
          "this JVM has no virtual threads with a scheduler of one's own");
    }
    Flags.require(found.trySetAccessible(), "virtual threads of a CPU need", FLAG);
    builders = found;
  }

  /** Whether the JVM has what it takes, and was started with the {@link #FLAG}. */
  public static boolean areThere() {
    Constructor<?> found = builder();
    return found != null && found.trySetAccessible();
  }

  private static @Nullable Constructor<?> builder() {
    try {
      return Thread.ofVirtual().getClass().getDeclaredConstructor(Executor.class);
    } catch (NoSuchMethodException ofAnotherJdk) {
      return null;
    }
  }

  @Override
  public Coroutine of(String name, Runnable body) {
    VirtualStack stack = new VirtualStack(body);
    try {
      var builder = (Thread.Builder.OfVirtual) builders.newInstance((Executor) stack::run);
      stack.thread(builder.name(name).unstarted(stack::live));
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("the JVM makes no virtual thread", e);
    }
    return stack;
  }
}
