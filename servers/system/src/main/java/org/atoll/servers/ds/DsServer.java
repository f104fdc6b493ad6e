package org.atoll.servers.ds;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DsProtocol;
import org.atoll.abi.protocol.DsProtocol.Call;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;
import org.jspecify.annotations.Nullable;

/**
 * The data store. Who calls is known from the names that RS published, or asked of PM; then a
 * request is decided and done in one turn.
 */
public final class DsServer implements Server {

  private static final int VERSION = 1;

  private final Rows calls = new Rows();
  private final Entries entries = new Entries();
  private final Subscriptions subscriptions = new Subscriptions(entries);
  private final Processes processes = new Processes(calls);
  private final Publishing publishing = new Publishing(entries, subscriptions, processes);

  @Override
  public Rows calls() {
    return calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    int endpoint = Turn.caller(request);
    Caller known = known(turn, endpoint);
    if (known != null || !matters(m.type)) {
      Caller by = known == null ? new Caller(endpoint, Caller.SERVICE) : known;
      dispatch(turn, request, m, by);
    } else if (!processes.identify(turn, request, m)) {
      turn.reply(request, -Errno.EAGAIN);
    }
  }

  private @Nullable Caller known(Turn turn, int endpoint) {
    if (endpoint == turn.role(Role.RS)) {
      return new Caller(endpoint, Caller.RS);
    }
    return entries.service(endpoint) == null ? null : new Caller(endpoint, Caller.SERVICE);
  }

  /** Whether it matters to a call who makes it. */
  private static boolean matters(int type) {
    return type == Call.PUBLISH.number()
        || type == Call.DELETE.number()
        || type == Call.SUBSCRIBE.number()
        || type == Call.CHECKPOINT.number();
  }

  private void dispatch(Turn turn, long request, Message m, Caller by) {
    DsProtocol.dispatch(new DsCalls(entries, subscriptions, publishing, by), turn, request, m);
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    switch (Step.of(row.step)) {
      case CALLER_KNOWN -> callerKnown(turn, row, answer);
      case ENDED -> {
        int task = processes.ended(row);
        if (task != Endpoint.NONE) {
          publishing.forget(turn, task);
        }
      }
    }
  }

  private void callerKnown(Turn turn, Row row, Message answer) {
    long request = row.w0;
    if (answer.w0 < 0) {
      turn.reply(request, answer.w0);
      return;
    }
    Caller by = new Caller(Turn.caller(request), answer.w1);
    Message m = turn.scratch();
    dispatch(turn, request, m.set((int) row.w1, row.w2, row.w3, row.w4, row.w5, 0, 0, 0), by);
  }

  /** Who waits for changes waits no more; all else is answered soon. */
  @Override
  public void cancelled(Turn turn, long request) {
    subscriptions.cancelled(turn, request);
  }

  @Override
  public void save(StateWriter out) {
    out.version(VERSION);
    entries.save(out);
    subscriptions.save(out);
    processes.save(out);
  }

  @Override
  public void load(StateReader in) {
    in.version(VERSION);
    entries.load(in);
    subscriptions.load(in);
    processes.load(in);
  }
}
