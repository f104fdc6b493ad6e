package org.atoll.servers.rs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;

/**
 * The mounts before the command starts, one after the other. RS makes them as a process of VFS
 * whose number is 0, for there is no other one yet.
 */
final class BootMounts {

  /** What becomes of the boot. */
  interface Outcome {

    /** All is mounted. */
    void mounted(Turn turn);

    /** One cannot be mounted, for a reason that is a line. */
    void failed(Turn turn, String reason);
  }

  private static final int NO_PID = 0;
  private static final int AT_FDCWD = -100;
  private static final int DIRECTORY_MODE = 0755;
  private static final String TYPE = "server";

  private final BootPlan plan;
  private final Rows calls;
  private final Outcome outcome;

  BootMounts(BootPlan plan, Rows calls, Outcome outcome) {
    this.plan = plan;
    this.calls = calls;
    this.outcome = outcome;
  }

  void begin(Turn turn) {
    if (plan.mounts().isEmpty()) {
      outcome.mounted(turn);
      return;
    }
    Message m = Call.INIT_PROCESS.encode(turn.scratch(), turn.self(), NO_PID);
    calls.add(turn.call(turn.role(Role.VFS), m), Step.MOUNTER_KNOWN.number());
  }

  void resume(Turn turn, Step step, Row row, Message answer) {
    int index = (int) row.w0;
    boolean there = step == Step.MOUNT_DIRECTORY && answer.w0 == -Errno.EEXIST;
    if (answer.w0 < 0 && !there) {
      String place = step == Step.MOUNTER_KNOWN ? "" : " " + plan.mounts().get(index).path();
      outcome.failed(turn, "mount" + place + ": " + Errno.text((int) -answer.w0));
      return;
    }
    switch (step) {
      case MOUNTER_KNOWN -> directory(turn, 0, 0);
      case MOUNT_DIRECTORY -> directory(turn, index, (int) row.w1);
      case MOUNTED -> next(turn, index + 1);
      default -> throw new IllegalStateException("not about mounts: " + step);
    }
  }

  private void next(Turn turn, int index) {
    if (index < plan.mounts().size()) {
      directory(turn, index, 0);
    } else {
      outcome.mounted(turn);
    }
  }

  /** Makes the directory behind {@code done} bytes of the path; mounts when there is none. */
  private void directory(Turn turn, int index, int done) {
    String path = plan.mounts().get(index).path();
    int start = done;
    while (start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    if (start >= path.length()) {
      mount(turn, index, path);
      return;
    }
    int slash = path.indexOf('/', start);
    int end = slash < 0 ? path.length() : slash;
    Message m = Call.MKDIR.encode(turn.scratch(), AT_FDCWD, DIRECTORY_MODE);
    byte[] name = path.substring(0, end).getBytes(ISO_8859_1);
    long call = turn.callWithBytes(turn.role(Role.VFS), m, name, name.length, 0);
    calls.add(call, Step.MOUNT_DIRECTORY.number(), index, end);
  }

  private void mount(Turn turn, int index, String path) {
    String source = Endpoint.toString(plan.mounts().get(index).fs());
    byte[] strings = (source + path + TYPE).getBytes(ISO_8859_1);
    Message m = Call.MOUNT.encode(turn.scratch(), 0, source.length(), path.length(), TYPE.length());
    long call = turn.callWithBytes(turn.role(Role.VFS), m, strings, strings.length, 0);
    calls.add(call, Step.MOUNTED.number(), index);
  }
}
