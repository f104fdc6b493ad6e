package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.libsys.Row;

/** What PM tells about processes: the first one, fork, exec, exit, credentials. */
final class Processes {

  private static final int GROUPS_MAX = 65_536;

  /** Name of the root file system, which is made of memory. */
  private static final String ROOT_TYPE = "tmpfs";

  /** Name of the file system of processes, and of its place in the root. */
  private static final String PROC = "proc";

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

  /** From INIT_PROCESS: the first one also mounts the root of all. */
  void init(Turn turn, long request, int endpoint, int pid) {
    if (state.processes.get(endpoint) != null) {
      turn.reply(request, -Errno.EEXIST);
      return;
    }
    if (!state.mounts.isEmpty() && state.mounts.getFirst().root != null) {
      enter(endpoint, pid, state.mounts.getFirst().rootVnode());
      turn.reply(request, 0);
      return;
    }
    int fs = turn.role(Role.ROOT_FS);
    if (fs == Endpoint.NONE) {
      turn.reply(request, -Errno.ENODEV);
      return;
    }
    FsProtocol.Call.GET.encode(turn.scratch(), Mounts.ROOT_INODE);
    long call = turn.call(fs, turn.scratch());
    state.calls.add(state.key(call), Step.FIRST_ROOT.number(), request, endpoint, pid, fs);
  }

  void firstRoot(Turn turn, Row row, Message answer) {
    if (answer.w0 < 0) {
      turn.reply(row.w0, -Errno.ENODEV);
      return;
    }
    int fs = (int) row.w3;
    Mount known = state.mountOf(fs);
    Mount mount = known == null ? state.addMount(fs, ROOT_TYPE, ROOT_TYPE) : known;
    Vnode root = state.enter(mount, answer);
    if (mount.root == null) {
      mount.root = root.retain();
    }
    state.release(root);
    int proc = turn.role(Role.PROC_FS);
    if (proc == Endpoint.NONE || state.mountOf(proc) != null) {
      first(turn, row);
      return;
    }
    byte[] name = PROC.getBytes(ISO_8859_1);
    Message m = FsProtocol.Call.LOOKUP.encode(turn.scratch(), Mounts.ROOT_INODE);
    long call = turn.callWithBytes(fs, m, name, name.length, 0);
    state.calls.add(state.key(call), Step.PROC_PLACE.number(), row.w0, row.w1, row.w2);
  }

  /** Where the file system of processes goes, if there is such a directory. */
  void procPlace(Turn turn, Row row, Message answer) {
    if (answer.w0 < 0) {
      first(turn, row);
      return;
    }
    Vnode place = state.enter(state.mounts.getFirst(), answer);
    Message m = FsProtocol.Call.GET.encode(turn.scratch(), Mounts.ROOT_INODE);
    long call = turn.call(turn.role(Role.PROC_FS), m);
    long inode = place.inode;
    state.calls.add(state.key(call), Step.PROC_ROOT.number(), row.w0, row.w1, row.w2, inode);
  }

  void procRoot(Turn turn, Row row, Message answer) {
    Vnode place = PathRow.present(state.mounts.getFirst().vnodes.get(row.w3));
    if (answer.w0 < 0 || !place.isDirectory()) {
      state.release(place);
    } else {
      Mount mount = state.addMount(turn.role(Role.PROC_FS), PROC, PROC);
      mount.root = state.enter(mount, answer);
      mount.covered = place;
      place.covering = mount;
    }
    first(turn, row);
  }

  private void first(Turn turn, Row row) {
    Process process = enter((int) row.w1, (int) row.w2, state.mounts.getFirst().rootVnode());
    if (turn.role(Role.TTY) == Endpoint.NONE) {
      turn.reply(row.w0, 0);
    } else {
      surroundings.firstProcess(turn, row.w0, process);
    }
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
    if (--process.pending > 0 || process.exit == 0) {
      return;
    }
    closeAll(turn, process);
    state.release(process.directory);
    state.release(process.root);
    state.release(process.exe);
    state.processes.remove(process.endpoint);
    turn.reply(process.exit, 0);
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

  private static int id(byte[] ids, int index) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (ids[4 * index + i] & 0xff) << 8 * i;
    }
    return value;
  }
}
