package org.atoll.servers.vfs;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongTable;
import org.atoll.libsys.Rows;
import org.jspecify.annotations.Nullable;

/** Everything that VFS remembers, in tables by number; saved and loaded whole. */
final class VfsState {

  private static final int VERSION = 7;

  /** Keys of refused calls count down from here; call ids never come near. */
  private static final long REFUSED = Long.MAX_VALUE;

  /** Calls that VFS made, by call id: see {@link Step}. */
  final Rows calls = new Rows();

  /** Requests that wait for something else than a file system: see {@link Wait}. */
  final Rows waiting = new Rows();

  final LongTable<PathRow> paths = new LongTable<>();
  final LongTable<PollRow> polls = new LongTable<>();
  final LongTable<Process> processes = new LongTable<>();
  final LongTable<OpenFile> files = new LongTable<>();
  final LongTable<Pipe> pipes = new LongTable<>();
  final LongTable<Source> sources = new LongTable<>();
  final LongTable<Interest> interests = new LongTable<>();
  final LongTable<Mapping> mappings = new LongTable<>();
  final List<Mount> mounts = new ArrayList<>();
  final Puts puts = new Puts();
  final RightsTable rights = new RightsTable();

  /** Locks held on all files; not saved, but counted again. */
  int locksHeld;

  private long nextFile = 1;
  private long nextPipe = 1;
  private long nextMapping = 1;

  /** From 1 on: tools take 0 for no number. */
  private int nextMount = 1;

  private long nextSource = 1;
  private long nextInterest = 1;

  long nextFileId() {
    return nextFile++;
  }

  long nextPipeId() {
    return nextPipe++;
  }

  long nextSourceId() {
    return nextSource++;
  }

  long nextInterestId() {
    return nextInterest++;
  }

  long nextMappingId() {
    return nextMapping++;
  }

  // ---- calls that could not be made

  /** Key and negated errno of calls that the kernel refused in this turn; empty between turns. */
  final LongQueue refused = new LongQueue();

  /**
   * The key of a call's row: its id. A call that was refused gets a key of its own, and is answered
   * with an error before the turn ends.
   */
  long key(long call) {
    if (call > 0) {
      return call;
    }
    long key = REFUSED - refused.size();
    refused.add(key);
    refused.add(call);
    return key;
  }

  /** Whether there is a call under a key: it was not refused in this turn. */
  boolean wasMade(long key) {
    return key <= REFUSED - refused.size();
  }

  // ---- mounts and vnodes

  /** Enters a file system, without root yet. */
  Mount addMount(int fs, String source, String type, int flags) {
    Mount mount = new Mount(nextMount++, fs, source, type, flags);
    mounts.add(mount);
    return mount;
  }

  /** The mount of a tree: a file system from an inode on; null when there is none. */
  @Nullable Mount mountOf(int fs, long root) {
    for (Mount mount : mounts) {
      if (mount.fs == fs && mount.root != null && mount.root.inode == root) {
        return mount;
      }
    }
    return null;
  }

  /** The mount with a number, or null when it is gone. */
  @Nullable Mount mountIfThere(int id) {
    return mounts.stream().filter(mount -> mount.id == id).findFirst().orElse(null);
  }

  Mount mountById(int id) {
    for (Mount mount : mounts) {
      if (mount.id == id) {
        return mount;
      }
    }
    throw new IllegalArgumentException("no mount " + id);
  }

  /** The vnode of an entry answer, which holds the inode once more; referenced for the caller. */
  Vnode enter(Mount mount, Message entry) {
    Vnode vnode = look(mount, entry);
    vnode.holds++;
    return vnode;
  }

  /** The same of an answer that does not: for this turn only, unless others use the vnode. */
  Vnode look(Mount mount, Message entry) {
    int uid = (int) entry.w3;
    return look(mount, entry.w0, (int) entry.w1, uid, (int) entry.w4, entry.w5);
  }

  /** The vnode of an inode, referenced for the caller. */
  Vnode look(Mount mount, long inode, int mode, int uid, int gid, long device) {
    Vnode vnode = mount.vnodes.get(inode);
    if (vnode == null) {
      vnode = new Vnode(mount, inode);
      mount.vnodes.put(inode, vnode);
    }
    vnode.mode = mode;
    vnode.uid = uid;
    vnode.gid = gid;
    vnode.device = device;
    return vnode.retain();
  }

  /** One user less; the last gives the inode back to its file system. */
  void release(@Nullable Vnode vnode) {
    if (vnode != null && --vnode.references == 0) {
      vnode.mount.vnodes.remove(vnode.inode);
      puts.add(vnode.mount.fs, vnode.inode, vnode.holds);
      if (vnode.mount.detached && vnode.mount.vnodes.size() == 0) {
        mounts.remove(vnode.mount);
      }
    }
  }

  /** The root of what is mounted on a vnode, if something is; passes the reference on. */
  Vnode cross(Vnode vnode) {
    Vnode at = vnode;
    while (at.covering != null) {
      Vnode below = at;
      at = at.covering.rootVnode().retain();
      release(below);
    }
    return at;
  }

  // ---- look up what a row or saved state names

  OpenFile file(long id) {
    return known(files.get(id));
  }

  Pipe pipe(long id) {
    return known(pipes.get(id));
  }

  Source source(long id) {
    return known(sources.get(id));
  }

  Process knownProcess(int endpoint) {
    return known(processes.get(endpoint));
  }

  /** The process with a process id, or null; {@code near} is looked at first. */
  @Nullable Process processOf(int pid, @Nullable Process near) {
    if (near != null && near.pid == pid) {
      return near;
    }
    for (int at = processes.first(); at >= 0; at = processes.next(at)) {
      if (processes.value(at).pid == pid) {
        return processes.value(at);
      }
    }
    return null;
  }

  PathRow path(long request) {
    return known(paths.get(request));
  }

  private static <T> T known(@Nullable T thing) {
    if (thing == null) {
      throw new IllegalStateException("a row names something that is not there");
    }
    return thing;
  }

  // ---- saved state

  void saveVnode(StateWriter out, @Nullable Vnode vnode) {
    out.writeInt(vnode == null ? -1 : vnode.mount.id);
    if (vnode != null) {
      out.writeLong(vnode.inode);
    }
  }

  @Nullable Vnode loadVnode(StateReader in) {
    int mount = in.readInt();
    return mount < 0 ? null : known(mountById(mount).vnodes.get(in.readLong()));
  }

  Vnode needVnode(StateReader in) {
    return known(loadVnode(in));
  }

  void save(StateWriter out) {
    out.version(VERSION);
    out.writeLong(nextFile).writeLong(nextPipe).writeLong(nextMapping).writeInt(nextMount);
    saveMounts(out);
    out.writeLong(nextSource).writeLong(nextInterest).writeInt(sources.size());
    for (int at = sources.first(); at >= 0; at = sources.next(at)) {
      sources.value(at).save(out);
    }
    out.writeInt(files.size());
    for (int at = files.first(); at >= 0; at = files.next(at)) {
      files.value(at).save(out, this);
    }
    out.writeInt(interests.size());
    for (int at = interests.first(); at >= 0; at = interests.next(at)) {
      interests.value(at).save(out);
    }
    out.writeInt(processes.size());
    for (int at = processes.first(); at >= 0; at = processes.next(at)) {
      processes.value(at).save(out, this);
    }
    out.writeInt(paths.size());
    for (int at = paths.first(); at >= 0; at = paths.next(at)) {
      paths.value(at).save(out, this);
    }
    out.writeInt(polls.size());
    for (int at = polls.first(); at >= 0; at = polls.next(at)) {
      polls.value(at).save(out);
    }
    out.writeInt(mappings.size());
    for (int at = mappings.first(); at >= 0; at = mappings.next(at)) {
      out.writeLong(mappings.key(at));
      mappings.value(at).save(out, this);
    }
    waiting.save(out);
    puts.save(out);
    rights.save(out);
  }

  private void saveMounts(StateWriter out) {
    out.writeInt(mounts.size());
    for (Mount m : mounts) {
      out.writeInt(m.id).writeInt(m.fs).writeString(m.source).writeString(m.type);
      out.writeInt(m.flags).writeString(m.shown).writeBoolean(m.detached);
    }
    out.writeInt(pipes.size());
    for (int at = pipes.first(); at >= 0; at = pipes.next(at)) {
      pipes.value(at).save(out);
    }
    for (Mount mount : mounts) {
      out.writeInt(mount.vnodes.size());
      for (int at = mount.vnodes.first(); at >= 0; at = mount.vnodes.next(at)) {
        mount.vnodes.value(at).save(out);
      }
    }
    for (Mount mount : mounts) {
      saveVnode(out, mount.root);
      saveVnode(out, mount.covered);
    }
  }

  /** Reads into this state, which is fresh. */
  void load(StateReader in) {
    in.version(VERSION);
    nextFile = in.readLong();
    nextPipe = in.readLong();
    nextMapping = in.readLong();
    nextMount = in.readInt();
    loadMounts(in);
    loadSources(in);
    for (int left = in.readInt(); left > 0; left--) {
      OpenFile file = OpenFile.load(in, this);
      files.put(file.id, file);
    }
    loadInterests(in);
    for (int left = in.readInt(); left > 0; left--) {
      Process process = Process.load(in, this);
      processes.put(process.endpoint, process);
    }
    for (int left = in.readInt(); left > 0; left--) {
      PathRow row = PathRow.load(in, this);
      paths.put(row.request, row);
    }
    for (int left = in.readInt(); left > 0; left--) {
      PollRow row = PollRow.load(in, this);
      polls.put(row.request, row);
    }
    for (int left = in.readInt(); left > 0; left--) {
      long handle = in.readLong();
      mappings.put(handle, Mapping.load(in, this));
    }
    waiting.load(in);
    puts.load(in);
    rights.load(in, this);
  }

  private void loadSources(StateReader in) {
    nextSource = in.readLong();
    nextInterest = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      Source source = Source.load(in);
      sources.put(source.id, source);
    }
  }

  private void loadInterests(StateReader in) {
    for (int left = in.readInt(); left > 0; left--) {
      Interest interest = Interest.load(in, this);
      interests.put(interest.id, interest);
      interest.epoll.add(interest);
    }
    for (int at = sources.first(); at >= 0; at = sources.next(at)) {
      if (sources.value(at) instanceof EventPoll epoll) {
        epoll.loaded(this);
      }
    }
  }

  private void loadMounts(StateReader in) {
    for (int left = in.readInt(); left > 0; left--) {
      int id = in.readInt();
      Mount mount = new Mount(id, in.readInt(), in.readString(), in.readString(), in.readInt());
      mount.shown = in.readString();
      mount.detached = in.readBoolean();
      mounts.add(mount);
    }
    for (int left = in.readInt(); left > 0; left--) {
      Pipe pipe = Pipe.load(in);
      pipes.put(pipe.id, pipe);
    }
    for (Mount mount : mounts) {
      for (int left = in.readInt(); left > 0; left--) {
        Vnode vnode = Vnode.load(in, mount, this);
        mount.vnodes.put(vnode.inode, vnode);
        locksHeld += vnode.locks.size();
      }
    }
    for (Mount mount : mounts) {
      mount.root = loadVnode(in);
      mount.covered = loadVnode(in);
    }
  }
}
