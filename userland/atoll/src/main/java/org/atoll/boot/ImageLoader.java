package org.atoll.boot;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.RsProtocol;
import org.atoll.boot.BootFile.Kind;

/**
 * Fills the root file system with the image: a boot task that makes one file after the other by
 * messages to {@link Role#ROOT_FS}, gives the directories their times when nothing more is put into
 * them, and tells RS that it is done.
 *
 * <p>Invariant: at most one call is under way; {@code next} is the file that it is about, or behind
 * the last file {@code aged} the directory.
 */
final class ImageLoader implements Handler {

  private static final int VERSION = 2;
  private static final long ROOT_INODE = 1;

  /** What the answer that is awaited is about. */
  private enum Step {
    IDLE,
    CREATED,
    WRITTEN,
    TIMED,
    SYMLINKED,
    LINKED,
    AGED,
    PUT,
    TOLD
  }

  private final List<BootFile> files;
  private final Map<String, Long> inodes = new TreeMap<>();
  private Step step = Step.IDLE;
  private int next;
  private int aged;
  private long inode;
  private int written;

  ImageLoader(List<BootFile> files) {
    this.files = files;
    inodes.put("", ROOT_INODE);
  }

  /** The host raised the channel: begin. */
  @Override
  public void notified(Turn turn, int source) {
    if (step == Step.IDLE) {
      begin(turn);
    }
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    if (m.w0 < 0 && step != Step.TOLD) {
      fail(turn, (int) -m.w0);
      return;
    }
    switch (step) {
      case CREATED -> {
        inode = m.w0;
        written = 0;
        inodes.put(file().path(), inode);
        writeOrFinish(turn);
      }
      case WRITTEN -> {
        written += (int) m.w0;
        writeOrFinish(turn);
      }
      case TIMED -> {
        step = Step.PUT;
        turn.call(rootFs(turn), FsProtocol.Call.PUT.encode(turn.scratch(), inode, 1));
      }
      case SYMLINKED -> setTimes(turn, Step.LINKED, m.w0);
      case LINKED, PUT -> {
        next++;
        begin(turn);
      }
      case AGED -> {
        aged++;
        ageDirectories(turn);
      }
      case IDLE, TOLD -> {}
    }
  }

  /** The file system does not take a file: the VOS cannot begin. */
  private void fail(Turn turn, int errno) {
    step = Step.TOLD;
    String hint = errno == Errno.ENOSPC ? " (--memory gives nodes more)" : "";
    byte[] reason = bytes("image: /" + file().path() + ": " + Errno.text(errno) + hint);
    Message m = RsProtocol.Call.FAIL.encode(turn.scratch());
    turn.callWithBytes(turn.role(Role.RS), m, reason, reason.length, 0);
  }

  private BootFile file() {
    return files.get(next < files.size() ? next : aged);
  }

  private void begin(Turn turn) {
    if (next == files.size()) {
      ageDirectories(turn);
      return;
    }
    BootFile file = file();
    int slash = file.path().lastIndexOf('/');
    String name = file.path().substring(slash + 1);
    long directory = inodeOf(slash < 0 ? "" : file.path().substring(0, slash));
    switch (file.kind()) {
      case SYMLINK -> symlink(turn, directory, name);
      case HARD_LINK -> {
        step = Step.LINKED;
        Message m = FsProtocol.Call.LINK.encode(turn.scratch(), directory, inodeOf(file.target()));
        callWithName(turn, m, name);
      }
      default -> {
        step = Step.CREATED;
        Message m = turn.scratch();
        int mode = file.kind().bits | file.mode();
        FsProtocol.Call.CREATE.encode(m, directory, mode, file.uid(), file.gid(), file.device());
        callWithName(turn, m, name);
      }
    }
  }

  /** The next directory's times, or the end. */
  private void ageDirectories(Turn turn) {
    while (aged < files.size() && file().kind() != Kind.DIRECTORY) {
      aged++;
    }
    if (aged < files.size()) {
      setTimes(turn, Step.AGED, inodeOf(file().path()));
    } else {
      step = Step.TOLD;
      turn.call(turn.role(Role.RS), RsProtocol.Call.UP.encode(turn.scratch()));
    }
  }

  private void symlink(Turn turn, long directory, String name) {
    step = Step.SYMLINKED;
    BootFile file = file();
    byte[] nameBytes = bytes(name);
    Message m = turn.scratch();
    FsProtocol.Call.SYMLINK.encode(m, directory, file.uid(), file.gid(), nameBytes.length);
    callWithName(turn, m, name + file.target());
  }

  private void writeOrFinish(Turn turn) {
    BootFile file = file();
    int size = file.contents().limit();
    if (written < size) {
      step = Step.WRITTEN;
      byte[] piece = new byte[Math.min(size - written, Limits.BUFFER_BYTES_MAX)];
      file.contents().get(written, piece);
      Message m = turn.scratch();
      FsProtocol.Call.WRITE.encode(m, inode, written, piece.length);
      turn.callWithBytes(rootFs(turn), m, piece, piece.length, 0);
    } else {
      setTimes(turn, Step.TIMED, inode);
    }
  }

  private void setTimes(Turn turn, Step then, long of) {
    step = then;
    long seconds = file().modifiedSeconds();
    long time = seconds == BootFile.NOW ? FileStatus.TIME_OMIT : seconds * 1_000_000_000L;
    Message m = FsProtocol.Call.UTIMES.encode(turn.scratch(), of, time, time);
    turn.call(rootFs(turn), m);
  }

  private long inodeOf(String path) {
    Long known = inodes.get(path);
    if (known == null) {
      throw new IllegalStateException("image: " + file().path() + " comes before " + path);
    }
    return known;
  }

  private static int rootFs(Turn turn) {
    return turn.role(Role.ROOT_FS);
  }

  private static void callWithName(Turn turn, Message m, String name) {
    byte[] in = bytes(name);
    turn.callWithBytes(rootFs(turn), m, in, in.length, 0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    turn.reply(request, -Errno.ENOSYS);
  }

  @Override
  public void message(Turn turn, Message m) {}

  @Override
  public void alarm(Turn turn, long tag) {}

  @Override
  public void cancelled(Turn turn, long request) {}

  @Override
  public void save(StateWriter out) {
    out.version(VERSION).writeByte(step.ordinal()).writeInt(next).writeInt(aged).writeLong(inode);
    out.writeInt(written).writeInt(inodes.size());
    inodes.forEach((path, number) -> out.writeString(path).writeLong(number));
  }

  @Override
  public void load(StateReader in) {
    in.version(VERSION);
    step = Step.values()[in.readByte()];
    next = in.readInt();
    aged = in.readInt();
    inode = in.readLong();
    written = in.readInt();
    inodes.clear();
    for (int count = in.readInt(); count > 0; count--) {
      inodes.put(in.readString(), in.readLong());
    }
  }

  @Override
  public void restore(StateReader in) {
    // It keeps nothing.
  }
}
