package org.atoll.servers.vfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.SocketProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.jspecify.annotations.Nullable;

/**
 * A call with a path that is under way: how far its walk came, and what it needs afterwards.
 *
 * <p>The walk leaves the last component's name in {@link #name} and what is there in {@link
 * #found}; and in {@link #at} its directory, where the call {@link #needsDirectory needs} it.
 * Vnodes in here are referenced by the row.
 */
final class PathRow {

  /** What happens at the last component. */
  enum Last {
    /** A symbolic link is followed. */
    FOLLOW,
    /** A symbolic link is what is found, unless a slash follows. */
    NOFOLLOW,
    /** The name itself matters: never followed, and it may be missing. */
    NAME;

    /** As saved state and rows have it. */
    @SuppressWarnings("EnumOrdinal")
    int number() {
      return ordinal();
    }
  }

  private static final Call[] CALLS = Call.values();
  private static final SocketProtocol.Call[] SOCKET_CALLS = SocketProtocol.Call.values();
  private static final Last[] LASTS = Last.values();

  final long request;
  final Process process;
  final Call call;

  /** The call, when it is one about a socket. */
  SocketProtocol.@Nullable Call socketCall;

  /** The call's own words: what they mean is said where it begins. */
  final long[] words = new long[5];

  /** What is left of the path begins at {@link #position}. */
  String path = "";

  int position;

  /** Up to where the file system was asked for names of the path. */
  int asked;

  Last last = Last.FOLLOW;
  boolean missingAllowed;
  int symlinks;

  @Nullable Vnode at;
  String name = "";
  @Nullable Vnode found;

  /** What a magic link led to, when that has no place in a tree; referenced by the row. */
  @Nullable OpenFile file;

  /** Bytes of what was found, as its lookup said. */
  long foundBytes;

  /** Whether slashes follow the last component. */
  boolean trailingSlash;

  /** Which part of the call comes next, where it has several. */
  int stage;

  /** A second path, or a text that the call needs. */
  String other = "";

  /** Of a call with two paths: where the first walk ended. */
  @Nullable Vnode firstAt;

  String firstName = "";
  @Nullable Vnode first;
  boolean firstTrailingSlash;

  PathRow(long request, Process process, Call call) {
    this.request = request;
    this.process = process;
    this.call = call;
  }

  /** The directory that the walk is in. */
  Vnode directory() {
    return present(at);
  }

  /** What the walk found. */
  Vnode target() {
    return present(found);
  }

  /** What has no place in a tree. */
  OpenFile openFile() {
    OpenFile open = file;
    if (open == null) {
      throw new IllegalStateException("the walk led to a place");
    }
    return open;
  }

  static Vnode present(@Nullable Vnode vnode) {
    if (vnode == null) {
      throw new IllegalStateException("the walk has not been there");
    }
    return vnode;
  }

  /** Whether the call is one about the directory of the last component, too. */
  boolean needsDirectory() {
    return last == Last.NAME || missingAllowed;
  }

  /** Whether the call looks at what it finds, and is over in the turn in which it does. */
  boolean looksOnly() {
    return call == Call.STAT || call == Call.ACCESS;
  }

  /** Whether the path ended in the root, {@code .} or {@code ..} and so names no entry. */
  boolean namesNoEntry() {
    return name.isEmpty() || name.equals(".") || name.equals("..");
  }

  /** Whether nothing but slashes is left. */
  boolean isAtEnd() {
    for (int i = position; i < path.length(); i++) {
      if (path.charAt(i) != '/') {
        return false;
      }
    }
    return true;
  }

  void save(StateWriter out, VfsState state) {
    out.writeLong(request).writeInt(process.endpoint).writeInt(call.number());
    for (long word : words) {
      out.writeLong(word);
    }
    out.writeString(path).writeInt(position).writeInt(asked).writeByte(last.number());
    out.writeBoolean(missingAllowed).writeInt(symlinks);
    state.saveVnode(out, at);
    out.writeString(name);
    state.saveVnode(out, found);
    out.writeLong(foundBytes).writeBoolean(trailingSlash).writeInt(stage).writeString(other);
    state.saveVnode(out, firstAt);
    out.writeString(firstName);
    state.saveVnode(out, first);
    out.writeBoolean(firstTrailingSlash).writeLong(file == null ? -1 : file.id);
    out.writeInt(socketCall == null ? 0 : socketCall.number());
  }

  static PathRow load(StateReader in, VfsState state) {
    long request = in.readLong();
    Process process = state.knownProcess(in.readInt());
    PathRow row = new PathRow(request, process, CALLS[in.readInt() - CALLS[0].number()]);
    for (int i = 0; i < row.words.length; i++) {
      row.words[i] = in.readLong();
    }
    row.path = in.readString();
    row.position = in.readInt();
    row.asked = in.readInt();
    row.last = LASTS[in.readByte()];
    row.missingAllowed = in.readBoolean();
    row.symlinks = in.readInt();
    row.at = state.loadVnode(in);
    row.name = in.readString();
    row.found = state.loadVnode(in);
    row.foundBytes = in.readLong();
    row.trailingSlash = in.readBoolean();
    row.stage = in.readInt();
    row.other = in.readString();
    row.firstAt = state.loadVnode(in);
    row.firstName = in.readString();
    row.first = state.loadVnode(in);
    row.firstTrailingSlash = in.readBoolean();
    long file = in.readLong();
    row.file = file < 0 ? null : state.file(file);
    int socketCall = in.readInt();
    row.socketCall = socketCall == 0 ? null : SOCKET_CALLS[socketCall - SOCKET_CALLS[0].number()];
    return row;
  }
}
