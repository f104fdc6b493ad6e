package org.atoll.hypercall.coroutine;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.atoll.hypercall.cpu.Coroutine;

/** The stack of a body in a continuation. Owner: as every coroutine's. Hot side. */
final class ContinuationStack implements Coroutine {

  /** Ends the body where it cannot be left, unless it was left unasked. */
  private static final class Left extends Continuation {

    boolean unasked;

    Left(ContinuationScope scope, Runnable body) {
      super(scope, body);
    }

    @Override
    protected void onPinned(Pinned reason) {
      if (!unasked) {
        throw new IllegalStateException("a body cannot wait " + where(reason));
      }
    }

    private static String where(Pinned reason) {
      return reason == Pinned.NATIVE
          ? "below native code, as a static initializer is"
          : "here: " + reason;
    }
  }

  /** Its own, so that a thread that runs another body does not leave that one instead. */
  private final ContinuationScope scope;

  private final Left continuation;
  private final HeldMonitors monitors;

  ContinuationStack(String name, Runnable body, HeldMonitors monitors) {
    this.scope = new ContinuationScope(name);
    this.continuation = new Left(scope, () -> live(body));
    this.monitors = monitors;
  }

  /** Where the body's frames begin, for {@link HeldMonitors}. */
  static void live(Runnable body) {
    body.run();
  }

  @Override
  public boolean resume() {
    continuation.run();
    return !continuation.isDone();
  }

  @Override
  public void suspend() {
    monitors.waits();
    Continuation.yield(scope);
  }

  @Override
  public boolean interrupt() {
    continuation.unasked = true;
    try {
      return Continuation.yield(scope);
    } finally {
      continuation.unasked = false;
    }
  }
}
