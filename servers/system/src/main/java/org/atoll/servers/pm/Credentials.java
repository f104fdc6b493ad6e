package org.atoll.servers.pm;

import static org.atoll.abi.Errno.EAGAIN;
import static org.atoll.abi.Errno.EINVAL;
import static org.atoll.abi.Errno.EPERM;
import static org.atoll.abi.Errno.ESRCH;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libsys.Row;

/**
 * User and group ids: PM holds the truth, and tells VFS what file permissions go by. Effective user
 * 0 is privileged.
 */
final class Credentials {

  private static final int KEEP = -1;
  private static final int NAME_BYTES_MAX = 15;
  private static final int REAL_IDS = 2;

  /** So many that VFS is told of them and of the real ids in one message. */
  private static final int GROUPS_MAX = Limits.BUFFER_BYTES_MAX / Integer.BYTES - REAL_IDS;

  private final State state;
  private final Fork fork;

  Credentials(State state, Fork fork) {
    this.state = state;
    this.fork = fork;
  }

  /** SETRESUID. */
  void setUsers(Turn turn, long request, int real, int effective, int saved) {
    Process p = state.caller(request);
    if (p == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    if (!p.isPrivileged()
        && !(isOwnUser(p, real) && isOwnUser(p, effective) && isOwnUser(p, saved))) {
      turn.reply(request, -EPERM);
      return;
    }
    int uid = real == KEEP ? p.uid : real;
    int effectiveUid = effective == KEEP ? p.effectiveUid : effective;
    if (tellVfs(turn, request, p, new Ids(effectiveUid, p.effectiveGid, uid, p.gid), p.groups)) {
      p.uid = uid;
      p.effectiveUid = effectiveUid;
      p.savedUid = saved == KEEP ? p.savedUid : saved;
    }
  }

  private static boolean isOwnUser(Process p, int id) {
    return id == KEEP || id == p.uid || id == p.effectiveUid || id == p.savedUid;
  }

  /** SETRESGID. */
  void setGroups(Turn turn, long request, int real, int effective, int saved) {
    Process p = state.caller(request);
    if (p == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    if (!p.isPrivileged()
        && !(isOwnGroup(p, real) && isOwnGroup(p, effective) && isOwnGroup(p, saved))) {
      turn.reply(request, -EPERM);
      return;
    }
    int gid = real == KEEP ? p.gid : real;
    int effectiveGid = effective == KEEP ? p.effectiveGid : effective;
    if (tellVfs(turn, request, p, new Ids(p.effectiveUid, effectiveGid, p.uid, gid), p.groups)) {
      p.gid = gid;
      p.effectiveGid = effectiveGid;
      p.savedGid = saved == KEEP ? p.savedGid : saved;
    }
  }

  private static boolean isOwnGroup(Process p, int id) {
    return id == KEEP || id == p.gid || id == p.effectiveGid || id == p.savedGid;
  }

  /** SETGROUPS: 32-bit ids in the in-buffer. */
  void setSupplementary(Turn turn, long request, long count) {
    Process p = state.caller(request);
    if (p == null || !p.isPrivileged()) {
      turn.reply(request, p == null ? -ESRCH : -EPERM);
      return;
    }
    if (count < 0
        || count > GROUPS_MAX
        || count * Integer.BYTES != turn.kernel().inBytes(request)) {
      turn.reply(request, -EINVAL);
      return;
    }
    byte[] bytes = new byte[(int) count * Integer.BYTES];
    turn.kernel().copyIn(request, 0, bytes, 0, bytes.length);
    int[] groups = new int[(int) count];
    for (int i = 0; i < bytes.length; i++) {
      groups[i / Integer.BYTES] |= (bytes[i] & 0xff) << 8 * (i % Integer.BYTES);
    }
    if (tellVfs(turn, request, p, new Ids(p.effectiveUid, p.effectiveGid, p.uid, p.gid), groups)) {
      p.groups = groups;
    }
  }

  /** What VFS goes by, groups apart. */
  private record Ids(int effectiveUid, int effectiveGid, int uid, int gid) {}

  /** Begins to tell VFS; false when that cannot be, and then nothing may change here either. */
  private boolean tellVfs(Turn turn, long request, Process p, Ids to, int[] groups) {
    int count = groups.length;
    int[] ids = Arrays.copyOf(groups, count + REAL_IDS);
    ids[count] = to.uid;
    ids[count + 1] = to.gid;
    byte[] bytes = new byte[ids.length * Integer.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (ids[i / Integer.BYTES] >>> 8 * (i % Integer.BYTES));
    }
    long call =
        turn.callWithBytes(
            turn.role(Role.VFS),
            VfsProtocol.Call.CREDENTIALS.encode(
                turn.scratch(),
                p.task,
                Integer.toUnsignedLong(to.effectiveUid),
                Integer.toUnsignedLong(to.effectiveGid),
                count),
            bytes,
            bytes.length,
            0);
    if (call < 0) {
      turn.reply(request, -EAGAIN);
      return false;
    }
    state.expect(call, Step.FORWARD, request);
    return true;
  }

  /** EXECED: the caller has another program, perhaps with its file's ids. */
  void executed(
      Turn turn, long request, int uid, int gid, long program, long nameBytes, long lineBytes) {
    Process p = state.caller(request);
    if (p == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    p.executed = true;
    state.processes.endThreads(p);
    p.exitSignal = Signal.CHLD;
    p.effectiveUid = uid == KEEP ? p.effectiveUid : uid;
    p.effectiveGid = gid == KEEP ? p.effectiveGid : gid;
    p.savedUid = p.effectiveUid;
    p.savedGid = p.effectiveGid;
    rename(turn, request, p, nameBytes, lineBytes);
    SchedulerNews.named(turn, p);
    fork.releaseParent(turn, p);
    state.call(
        turn,
        turn.role(Role.VFS),
        VfsProtocol.Call.EXEC.encode(turn.scratch(), p.task, uid, gid, program),
        Step.EXECED_FILES,
        request,
        Integer.toUnsignedLong(p.effectiveUid),
        Integer.toUnsignedLong(p.effectiveGid));
  }

  /** Name, arguments and environment of the new program are in the in-buffer. */
  private static void rename(Turn turn, long request, Process p, long nameBytes, long lineBytes) {
    int most = NAME_BYTES_MAX + Limits.COMMAND_LINE_BYTES_MAX + Limits.ENVIRONMENT_BYTES_MAX;
    byte[] bytes = new byte[Math.min(most, turn.kernel().inBytes(request))];
    turn.kernel().copyIn(request, 0, bytes, 0, bytes.length);
    int name = (int) Math.clamp(nameBytes, 0L, Math.min(NAME_BYTES_MAX, bytes.length));
    p.name = new String(bytes, 0, name, StandardCharsets.ISO_8859_1);
    int line = (int) Math.clamp(lineBytes, 0L, bytes.length - name);
    p.commandLine = Arrays.copyOfRange(bytes, name, name + line);
    p.environment = Arrays.copyOfRange(bytes, name + line, bytes.length);
  }

  /** NAME. */
  void setName(Turn turn, long request) {
    Process p = state.caller(request);
    if (p == null) {
      turn.reply(request, -ESRCH);
      return;
    }
    byte[] name = new byte[Math.min(NAME_BYTES_MAX, turn.kernel().inBytes(request))];
    int copied = turn.kernel().copyIn(request, 0, name, 0, name.length);
    if (copied >= 0) {
      p.name = new String(name, StandardCharsets.ISO_8859_1);
      SchedulerNews.named(turn, p);
    }
    turn.reply(request, Math.min(0, copied));
  }

  void filesClosed(Turn turn, Row row, long result) {
    turn.reply(row.w0, result, row.w1, row.w2);
  }
}
