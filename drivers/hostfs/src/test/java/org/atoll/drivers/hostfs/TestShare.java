package org.atoll.drivers.hostfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.FsProtocol.Call;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxFolder;
import org.atoll.libsys.testing.TurnRecorder;

/** A folder of this machine behind a driver; each request goes to a driver that was just loaded. */
final class TestShare implements AutoCloseable {

  static final long ROOT = 1;
  static final int REGULAR = 0x8000;
  static final int DIRECTORY = 0x4000;
  private static final int VFS = 9;
  private static final int SELF = 7;

  final TurnRecorder turn;
  private final LinuxFolder folder;

  TestShare(Path host, boolean readOnly) throws IOException {
    folder = LinuxFolder.open(new Libc(), host.toString().getBytes(UTF_8));
    turn = new TurnRecorder(SELF, () -> HostfsDriver.create(folder, 64, readOnly));
  }

  @Override
  public void close() {
    folder.close();
  }

  long ask(Call call, long... words) {
    return turn.ask(VFS, call, words);
  }

  long ask(Call call, String in, int outBytes, long... words) {
    return turn.askWith(VFS, in.getBytes(UTF_8), outBytes, call, words);
  }

  /** The inode of a name, held once more, or a negated errno. */
  long lookup(long directory, String name) {
    return turn.result(ask(Call.LOOKUP, name, 0, directory));
  }

  /** The inode at the end of a path of names, each held once more. */
  long walk(String path) {
    long at = ROOT;
    for (String name : path.split("/", -1)) {
      at = lookup(at, name);
      if (at < 0) {
        return at;
      }
    }
    return at;
  }

  long create(long directory, String name, int mode) {
    return turn.result(ask(Call.CREATE, name, 0, directory, mode, 0, 0, 0));
  }

  long write(long inode, String text, long offset) {
    return turn.result(ask(Call.WRITE, text, 0, inode, offset, text.length(), 0, 0));
  }

  /** What is at an offset, or {@code E<errno>}. */
  String read(long inode, long offset, int bytes) {
    return text(ask(Call.READ, "", bytes, inode, offset, bytes));
  }

  String readlink(long inode) {
    return text(ask(Call.READLINK, "", 4_096, inode, 4_096));
  }

  String path(long inode) {
    return text(ask(Call.PATH, "", 4_096, inode));
  }

  private String text(long request) {
    long got = turn.result(request);
    return got < 0 ? "E" + -got : new String(turn.out(request), 0, (int) got, UTF_8);
  }

  long rename(long from, String name, long to, String newName, int flags) {
    String both = name + newName;
    return turn.result(ask(Call.RENAME, both, 0, from, to, flags, name.length()));
  }

  long unlink(long directory, String name, int flags) {
    return turn.result(ask(Call.UNLINK, name, 0, directory, flags));
  }

  void put(long inode) {
    turn.tell(VFS, Call.PUT, inode, 1);
  }

  ByteBuffer stat(long inode) {
    long request = ask(Call.STAT, "", FileStatus.BYTES, inode);
    if (turn.result(request) != 0) {
      throw new AssertionError("stat: " + turn.result(request));
    }
    return ByteBuffer.wrap(turn.out(request)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The names of a directory, a few entries a request. */
  List<String> list(long directory) {
    List<String> names = new ArrayList<>();
    long position = 0;
    while (true) {
      long request = ask(Call.READDIR, "", 600, directory, position, 600);
      long bytes = turn.result(request);
      if (bytes <= 0) {
        return names;
      }
      ByteBuffer entries = ByteBuffer.wrap(turn.out(request)).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = 0; at < bytes; at += entries.getShort(at + 16)) {
        int end = at + 19;
        while (entries.get(end) != 0) {
          end++;
        }
        names.add(new String(turn.out(request), at + 19, end - at - 19, UTF_8));
      }
      position = turn.word(request, 1);
    }
  }

  /** Descriptors that this process has open on files under a path. */
  static long descriptorsUnder(Path path) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(fd -> target(fd).startsWith(path.toString())).count();
    }
  }

  private static String target(Path fd) {
    try {
      return Files.readSymbolicLink(fd).toString();
    } catch (IOException closed) {
      return "";
    }
  }
}
