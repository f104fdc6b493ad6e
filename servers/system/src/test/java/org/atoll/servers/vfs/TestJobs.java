package org.atoll.servers.vfs;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.PmProtocol.Call;

/** A PM that says of every process what a test wants terminals to believe. */
final class TestJobs implements Handler {

  /** No process or group has this number. */
  static final int NOBODY = 999;

  /** What is said, and the signals that were asked for. */
  static final class World {
    int group;
    int session;
    boolean orphaned;
    final List<String> raised = new ArrayList<>();
  }

  private final World world;

  TestJobs(World world) {
    this.world = world;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    if (m.type == Call.JOB.number()) {
      int orphaned = world.orphaned ? 1 : 0;
      Message answer = new Message();
      turn.reply(request, answer.set(0, world.group, world.session, orphaned, 0, 0, 0, 0));
    } else if (m.type == Call.SESSION_OF_GROUP.number()) {
      turn.reply(request, world.session);
    } else if (m.type == Call.RAISE.number()) {
      world.raised.add(m.w0 + ":" + m.w1);
      turn.reply(request, 0);
    } else if (m.type == Call.FILE_OWNER.number()) {
      turn.reply(request, m.w0 == NOBODY ? -Errno.ESRCH : m.w0);
    } else if (m.type == Call.FILE_NEWS.number()) {
      String owner = (m.w1 == PmProtocol.OWNER_GROUP ? "group " : "") + m.w0;
      world.raised.add(owner + ": " + m.w2 + " for " + m.w3 + " of " + m.w4);
      turn.reply(request, 0);
    } else {
      turn.reply(request, -Errno.ENOSYS);
    }
  }

  @Override
  public void message(Turn turn, Message m) {}

  @Override
  public void notified(Turn turn, int source) {}

  @Override
  public void answered(Turn turn, long call, Message m) {}

  @Override
  public void alarm(Turn turn, long tag) {}

  @Override
  public void cancelled(Turn turn, long request) {}

  @Override
  public void save(StateWriter out) {}

  @Override
  public void load(StateReader in) {}

  @Override
  public void restore(StateReader in) {}
}
