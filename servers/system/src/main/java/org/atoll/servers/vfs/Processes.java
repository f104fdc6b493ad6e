package org.atoll.servers.vfs;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;

/** What PM tells about processes: the first one, fork, exec, exit, credentials. */
final class Processes {

  private static final int GROUPS_MAX = 65_536;

  private final VfsState state;
  private final Surroundings surroundings;

  /** What the end of a process touches. */
  interface Surroundings {

    /** Gives the first process its terminal, if there is one, and answers. */
    void firstProcess(Turn turn, long request, Process process);

    /** Makes an open file description. */
    OpenFile stream(int number);

    /** Closes a descriptor. */
    void close(Turn turn, Process process, long fd);

    /** Ends a request that a process which is over still has waiting. */
    void cancel(Turn turn, long request);
  }

  Processes(VfsState state, Surroundings surroundings) {
    this.state = state;
    this.surroundings = surroundings;
  }

  // ---- the first process

  /** From INIT_PROCESS. */
  void init(Turn turn, long request, int endpoint, int pid) {
    if (state.processes.get(endpoint) != null) {
      turn.reply(request, -Errno.EEXIST);
    } else if (state.mounts.isEmpty() || state.mounts.getFirst().root == null) {
      turn.reply(request, -Errno.ENODEV);
    } else {
      boolean first = state.processes.size() == 0;
      Process process = enter(endpoint, pid, state.mounts.getFirst().rootVnode());
      if (first && turn.role(Role.TTY) != Endpoint.NONE) {
        surroundings.firstProcess(turn, request, process);
      } else {
        turn.reply(request, 0);
      }
    }
  }

  /** A record for a task of the system, as long as its call is under way. */
  Process task(int endpoint) {
    Vnode root = state.mounts.getFirst().rootVnode();
    Process process = new Process(endpoint, Process.TASK, root.retain(), root.retain());
    state.processes.put(endpoint, process);
    return process;
  }

  private Process enter(int endpoint, int pid, Vnode root) {
    Process process = new Process(endpoint, pid, root.retain(), root.retain());
    for (int fd = 0; fd < 3; fd++) {
      process.put(fd, surroundings.stream(fd), false);
    }
    state.processes.put(endpoint, process);
    return process;
  }

  // ---- fork, exec, exit

  void fork(Turn turn, long request, int parent, int child, int pid) {
    Process process = state.processes.get(parent);
    if (process == null || state.processes.get(child) != null) {
      turn.reply(request, process == null ? -Errno.ESRCH : -Errno.EEXIST);
      return;
    }
    state.processes.put(child, process.fork(child, pid));
    turn.reply(request, 0);
  }

  void exec(Turn turn, long request, int endpoint, long uid, long gid, long program) {
    Process process = state.processes.get(endpoint);
    if (process == null) {
      turn.reply(request, -Errno.ESRCH);
      return;
    }
    process.uid = uid == -1 ? process.uid : (int) uid;
    process.gid = gid == -1 ? process.gid : (int) gid;
    OpenFile file = process.file(program);
    if (file != null && file.vnode != null) {
      state.release(process.exe);
      process.exe = file.vnode.retain();
    }
    for (int fd = 0; fd < process.descriptorsEnd(); fd++) {
      if (process.isCloseOnExec(fd)) {
        surroundings.close(turn, process, fd);
      }
    }
    closeHidden(turn, process);
    turn.reply(request, 0);
  }

  private void closeHidden(Turn turn, Process process) {
    while (process.hidden.size() > 0) {
      surroundings.close(turn, process, process.hidden.key(process.hidden.first()));
    }
  }

  /** Answered when the calls that are under way no longer need the record. */
  void exit(Turn turn, long request, int endpoint) {
    Process process = state.processes.get(endpoint);
    if (process == null || process.exit != 0) {
      turn.reply(request, -Errno.ESRCH);
      return;
    }
    process.pending++;
    process.exit = request;
    cancelWaiting(turn, process);
    closeAll(turn, process);
    done(turn, process);
  }

  /** The kernel cancels what a dead task asked for; this is for what it has not yet cancelled. */
  private void cancelWaiting(Turn turn, Process process) {
    LongQueue own = new LongQueue();
    for (int at = state.waiting.first(); at >= 0; at = state.waiting.next(at)) {
      if (Turn.caller(state.waiting.key(at)) == process.endpoint) {
        own.add(state.waiting.key(at));
      }
    }
    for (int at = state.polls.first(); at >= 0; at = state.polls.next(at)) {
      if (Turn.caller(state.polls.key(at)) == process.endpoint) {
        own.add(state.polls.key(at));
      }
    }
    for (long request : own.toArray()) {
      surroundings.cancel(turn, request);
    }
  }

  private void closeAll(Turn turn, Process process) {
    for (int fd = 0; fd < process.descriptorsEnd(); fd++) {
      surroundings.close(turn, process, fd);
    }
    closeHidden(turn, process);
  }

  /** A call of a process no longer needs its record. */
  void done(Turn turn, Process process) {
    if (--process.pending > 0 || process.exit == 0 && !process.isTask()) {
      return;
    }
    closeAll(turn, process);
    state.release(process.directory);
    state.release(process.root);
    state.release(process.exe);
    state.processes.remove(process.endpoint);
    if (!process.isTask()) {
      turn.reply(process.exit, 0);
    }
  }

  // ---- ids

  void credentials(Turn turn, long request, int endpoint, long uid, long gid, long count) {
    Process process = state.processes.get(endpoint);
    long bytes = turn.kernel().inBytes(request);
    if (process == null) {
      turn.reply(request, -Errno.ESRCH);
      return;
    }
    if (count < 0 || count > GROUPS_MAX || 4 * count > bytes) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    byte[] ids = new byte[(int) bytes];
    turn.kernel().copyIn(request, 0, ids, 0, ids.length);
    int[] groups = new int[(int) count];
    for (int i = 0; i < count; i++) {
      groups[i] = id(ids, i);
    }
    boolean real = bytes >= 4 * (count + 2);
    process.uid = (int) uid;
    process.gid = (int) gid;
    process.realUid = real ? id(ids, (int) count) : process.uid;
    process.realGid = real ? id(ids, (int) count + 1) : process.gid;
    process.groups = groups;
    turn.reply(request, 0);
  }

  /** MAKER: as many groups as there is room for. */
  static void maker(Turn turn, long request, Process process) {
    int[] groups = process.groups;
    int count = Math.clamp(turn.kernel().outBytes(request) / Integer.BYTES, 0, groups.length);
    byte[] ids = new byte[Integer.BYTES * count];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (byte) (groups[i / Integer.BYTES] >>> Byte.SIZE * (i % Integer.BYTES));
    }
    turn.kernel().copyOut(request, 0, ids, 0, ids.length);
    turn.reply(request, count, process.umask, process.descriptorsEnd());
  }

  /** A field of 32 bits, by its number. */
  static int id(byte[] ids, int index) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (ids[4 * index + i] & 0xff) << 8 * i;
    }
    return value;
  }
}
