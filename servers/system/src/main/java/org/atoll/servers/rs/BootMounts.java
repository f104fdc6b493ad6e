package org.atoll.servers.rs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.servers.rs.BootPlan.BootMount;

/** The mounts before the command starts, one after the other: the root of all first. */
final class BootMounts {

  /** What becomes of the boot. */
  interface Outcome {

    /** All is mounted. */
    void mounted(Turn turn);

    /** One cannot be mounted, for a reason that is a line. */
    void failed(Turn turn, String reason);
  }

  private final BootPlan plan;
  private final Rows calls;
  private final Outcome outcome;

  BootMounts(BootPlan plan, Rows calls, Outcome outcome) {
    this.plan = plan;
    this.calls = calls;
    this.outcome = outcome;
  }

  void begin(Turn turn) {
    next(turn, 0, 0);
  }

  /** VFS answered a MOUNT. A server that failed meanwhile (EIO) begins anew, and so does this. */
  void resume(Turn turn, Row row, Message answer) {
    int index = (int) row.w0;
    long tries = row.w1 + 1;
    if (answer.w0 == -Errno.EIO && tries <= Service.FAILURES_MAX) {
      next(turn, index, tries);
    } else if (answer.w0 < 0) {
      String path = new String(plan.mounts().get(index).path().getBytes(ISO_8859_1), UTF_8);
      outcome.failed(turn, "mount " + path + ": " + Errno.text((int) -answer.w0));
    } else {
      next(turn, index + 1, 0);
    }
  }

  private void next(Turn turn, int index, long tries) {
    if (index == plan.mounts().size()) {
      outcome.mounted(turn);
      return;
    }
    BootMount mount = plan.mounts().get(index);
    byte[] strings = (mount.source() + mount.path() + mount.type()).getBytes(ISO_8859_1);
    Message m =
        Call.MOUNT.encode(
            turn.scratch(),
            mount.flags(),
            mount.source().length(),
            mount.path().length(),
            mount.type().length(),
            mount.fs(),
            mount.root());
    long call = turn.callWithBytes(turn.role(Role.VFS), m, strings, strings.length, 0);
    calls.add(call, Step.MOUNTED.number(), index, tries);
  }
}
