package org.atoll.libposix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libposix.elf.ElfFile;
import org.atoll.libposix.elf.ElfHeader;
import org.jspecify.annotations.Nullable;

/**
 * A file that exec opened: the program, or its interpreter. Read through a window of one buffer;
 * what was learned from it.
 */
final class ExecFile {

  /** Not open. */
  static final int CLOSED = Integer.MIN_VALUE;

  /** Descriptor of OPEN_EXEC, or {@link #CLOSED}. */
  int fd = CLOSED;

  /** Mode of the file, for set-id. */
  int mode;

  int user;
  int group;

  private byte[] window = new byte[0];
  private int windowBytes;
  private long windowOffset = -1;
  private int windowWanted;

  private @Nullable ElfHeader header;
  private @Nullable ElfFile elf;

  void clear() {
    fd = CLOSED;
    windowOffset = -1;
    window = new byte[0];
    windowBytes = 0;
    header = null;
    elf = null;
  }

  /** Keeps the answer of OPEN_EXEC. */
  void opened(Call call) {
    clear();
    fd = (int) call.answer(0);
    mode = (int) call.answer(1);
    user = (int) call.answer(2);
    group = (int) call.answer(3);
  }

  /** Whether the window shows this range, as far as the file goes. */
  boolean shows(long offset, int bytes) {
    return windowOffset >= 0
        && offset >= windowOffset
        && (offset + bytes <= windowOffset + windowBytes
            || offset == windowOffset && bytes <= windowWanted);
  }

  /** Asks for a range; the next step keeps it with {@link #showing}. */
  long show(Call call, long offset, int bytes) {
    windowOffset = offset;
    windowWanted = bytes;
    return call.attempt(
        Role.VFS,
        VfsProtocol.Call.READ.encode(call.message(), fd, bytes, offset),
        new byte[0],
        bytes);
  }

  /** Keeps the answer. Fails with what READ answered. */
  void showing(Call call) {
    long result = call.answer(0);
    if (result < 0) {
      windowOffset = -1;
      throw new Failure((int) -result);
    }
    windowBytes = (int) Math.min(result, call.stagedBytes());
    window = Arrays.copyOf(call.staged(), windowBytes);
  }

  /** Bytes of the window from an offset in the file on. */
  byte[] bytesAt(long offset) {
    int from = (int) Math.min(offset - windowOffset, windowBytes);
    return Arrays.copyOfRange(window, from, windowBytes);
  }

  ElfHeader header() {
    return Objects.requireNonNull(header);
  }

  void header(ElfHeader value) {
    header = value;
  }

  ElfFile elf() {
    return Objects.requireNonNull(elf);
  }

  void elf(ElfFile value) {
    elf = value;
  }

  /** Lets go of the file's bytes: all is known. */
  void forgetBytes() {
    window = new byte[0];
    windowBytes = 0;
    windowOffset = -1;
  }

  /** Bytes of the interpreter's path, with its NUL. Fails with ENOEXEC. */
  int interpreterBytes() {
    long bytes = elf().interpreterBytes();
    if (bytes < 2 || bytes > Limits.PATH_BYTES_MAX) {
      throw new Failure(Errno.ENOEXEC);
    }
    if (elf().interpreterOffset() < 0) {
      throw new Failure(Errno.EINVAL);
    }
    return (int) bytes;
  }

  /** The interpreter's path. Fails with EIO beyond the end of the file, ENOEXEC without a NUL. */
  byte[] interpreterPath() {
    byte[] bytes = bytesAt(elf().interpreterOffset());
    int length = interpreterBytes();
    if (bytes.length < length) {
      throw new Failure(Errno.EIO);
    }
    if (bytes[length - 1] != 0) {
      throw new Failure(Errno.ENOEXEC);
    }
    int end = 0;
    while (bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOf(bytes, end);
  }

  void save(StateWriter out) {
    out.writeInt(fd).writeInt(mode).writeInt(user).writeInt(group);
    out.writeBytes(window).writeLong(windowOffset).writeInt(windowWanted);
    out.writeBoolean(header != null);
    if (header != null) {
      out.writeInt(header.machine()).writeBoolean(header.positionIndependent());
      out.writeLong(header.entry()).writeLong(header.tableOffset());
      out.writeInt(header.programHeaders());
    }
    out.writeBoolean(elf != null);
    if (elf != null) {
      out.writeLong(elf.alignment());
      out.writeLong(elf.interpreterOffset()).writeLong(elf.interpreterBytes());
      out.writeInt(elf.segments().size());
      elf.segments().forEach(s -> save(out, s));
    }
  }

  private static void save(StateWriter out, ElfFile.Segment s) {
    out.writeLong(s.address()).writeLong(s.offset()).writeLong(s.fileBytes());
    out.writeLong(s.bytes()).writeInt(s.protection());
  }

  void load(StateReader in) {
    clear();
    fd = in.readInt();
    mode = in.readInt();
    user = in.readInt();
    group = in.readInt();
    window = in.readBytes();
    windowBytes = window.length;
    windowOffset = in.readLong();
    windowWanted = in.readInt();
    if (in.readBoolean()) {
      header =
          new ElfHeader(in.readInt(), in.readBoolean(), in.readLong(), in.readLong(), in.readInt());
    }
    if (in.readBoolean()) {
      elf = loadElf(in);
    }
  }

  private ElfFile loadElf(StateReader in) {
    long alignment = in.readLong();
    long offset = in.readLong();
    long bytes = in.readLong();
    List<ElfFile.Segment> segments = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      segments.add(
          new ElfFile.Segment(
              in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readInt()));
    }
    return new ElfFile(header(), List.copyOf(segments), alignment, offset, bytes);
  }
}
