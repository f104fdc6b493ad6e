package org.atoll.loader;

import java.util.function.Supplier;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * A service of one's own within its limits: a turn that goes on for too long, calls itself too deep
 * or wants more memory than there is fails, and no more than it.
 */
final class BoundedTurns implements Handler {

  private final String name;
  private final TurnLimit limit;
  private @Nullable Handler service;

  /** A fresh service, whose making is bounded, too. */
  BoundedTurns(String name, TurnLimit limit, Supplier<Handler> maker) {
    this.name = name;
    this.limit = limit;
    within(null, () -> service = maker.get());
  }

  /**
   * Does something within the limit. When memory is short the service is let go at once: what it
   * holds is what is missing.
   */
  private void within(@Nullable Turn turn, Runnable step) {
    limit.begin(turn);
    try {
      step.run();
    } catch (OutOfMemoryError e) {
      service = null;
      throw new IllegalStateException(name + " needs more memory than the node has", e);
    } catch (StackOverflowError e) {
      throw new IllegalStateException(name + " calls itself too deep", e);
    } catch (Throwable e) {
      TurnTooLong over = limit.over();
      if (over != null) {
        throw over;
      }
      throw e;
    } finally {
      limit.end();
    }
  }

  private Handler service() {
    Handler there = service;
    if (there == null) {
      throw new IllegalStateException(name + " has failed and waits to be renewed");
    }
    return there;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    within(turn, () -> service().request(turn, request, m));
  }

  @Override
  public void message(Turn turn, Message m) {
    within(turn, () -> service().message(turn, m));
  }

  @Override
  public void notified(Turn turn, int source) {
    within(turn, () -> service().notified(turn, source));
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    within(turn, () -> service().answered(turn, call, m));
  }

  @Override
  public void alarm(Turn turn, long tag) {
    within(turn, () -> service().alarm(turn, tag));
  }

  @Override
  public void cancelled(Turn turn, long request) {
    within(turn, () -> service().cancelled(turn, request));
  }

  @Override
  public boolean mayBeInterrupted() {
    return true;
  }

  @Override
  public void save(StateWriter out) {
    within(null, () -> service().save(out));
  }

  @Override
  public void load(StateReader in) {
    within(null, () -> service().load(in));
  }

  @Override
  public void restore(StateReader in) {
    within(null, () -> service().restore(in));
  }
}
