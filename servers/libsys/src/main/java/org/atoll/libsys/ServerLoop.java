package org.atoll.libsys;

import java.util.function.Supplier;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;

/** The loop of every server: one event of the kernel to one method of its {@link Server}. */
public final class ServerLoop implements Handler {

  private static final int VERSION = 1;

  private final Supplier<Server> maker;
  private Server server;

  /** A loop around a fresh server; {@code maker} makes another one for each load. */
  public ServerLoop(Supplier<Server> maker) {
    this.maker = maker;
    this.server = maker.get();
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    server.request(turn, request, m);
    server.turnEnds(turn);
  }

  @Override
  public void message(Turn turn, Message m) {
    server.message(turn, m);
    server.turnEnds(turn);
  }

  @Override
  public void notified(Turn turn, int source) {
    server.notified(turn, source);
    server.turnEnds(turn);
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    server.resume(turn, server.calls().take(call), m);
    server.turnEnds(turn);
  }

  @Override
  public void alarm(Turn turn, long tag) {
    server.alarm(turn, tag);
    server.turnEnds(turn);
  }

  @Override
  public void cancelled(Turn turn, long request) {
    server.cancelled(turn, request);
    server.turnEnds(turn);
  }

  @Override
  public void save(StateWriter out) {
    out.version(VERSION);
    server.calls().save(out);
    server.save(out);
  }

  @Override
  public void load(StateReader in) {
    Server fresh = maker.get();
    in.version(VERSION);
    fresh.calls().load(in);
    fresh.load(in);
    server = fresh;
  }

  @Override
  public void restore(StateReader in) {
    server.restore(in);
  }
}
