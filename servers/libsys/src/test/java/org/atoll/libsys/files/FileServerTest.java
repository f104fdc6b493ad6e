package org.atoll.libsys.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol.Call;
import org.atoll.abi.protocol.RsProtocol;
import org.atoll.libsys.ServerLoop;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

/** A described tree as a file system; it is replaced by load(save()) before each event. */
final class FileServerTest {

  private static final int VFS = 4;
  private static final int DIRECTORY = 0x4000;
  private static final int FILE = 0x8000;
  private static final int REMOVE_FOLDER = 0x200;

  /** Files in memory, with folders; paths that end in a slash are folders. */
  private static final class Memory implements FileTree {
    private final Map<String, String> files = new TreeMap<>();

    @Override
    public void list(Turn turn, String folder, Listing into) {
      String prefix = folder.isEmpty() ? "" : folder + "/";
      files.forEach((path, text) -> {
        String name = path.startsWith(prefix) ? path.substring(prefix.length()) : "";
        int slash = name.indexOf('/');
        if (slash > 0 && slash == name.length() - 1) {
          into.folder(name.substring(0, slash), 0755);
        } else if (slash < 0 && !name.isEmpty()) {
          into.file(name, 0644, text.length());
        }
      });
      if (folder.isEmpty()) {
        into.link("link", "target");
      }
    }

    @Override
    public int read(Turn turn, String path, long offset, byte[] into) {
      return FileTree.part(files.getOrDefault(path, ""), offset, into);
    }

    @Override
    public int write(Turn turn, String path, long offset, byte[] bytes) {
      String old = files.getOrDefault(path, "");
      files.put(path, old.substring(0, (int) offset) + new String(bytes, StandardCharsets.UTF_8));
      return bytes.length;
    }

    @Override
    public int truncate(Turn turn, String path, long bytes) {
      files.put(path, files.getOrDefault(path, "").substring(0, (int) bytes));
      return 0;
    }

    @Override
    public int create(Turn turn, String path, int permissions) {
      files.put(path, "");
      return 0;
    }

    @Override
    public int createFolder(Turn turn, String path, int permissions) {
      files.put(path + "/", "");
      return 0;
    }

    @Override
    public int remove(Turn turn, String path) {
      files.remove(path);
      files.remove(path + "/");
      return 0;
    }

    @Override
    public void request(Turn turn, long request, Message m) {
      turn.reply(request, m.type);
    }

    @Override
    public void save(StateWriter out) {
      out.version(1).writeInt(files.size());
      files.forEach((path, text) -> out.writeString(path).writeString(text));
    }

    @Override
    public void load(StateReader in) {
      in.version(1);
      for (int left = in.readInt(); left > 0; left--) {
        String path = in.readString();
        files.put(path, in.readString());
      }
    }
  }

  private final TurnRecorder fs =
      new TurnRecorder(9, () -> new ServerLoop(() -> new FileServer(new Memory())));

  private long named(Call call, String name, long... words) {
    long request = fs.askWith(VFS, name.getBytes(StandardCharsets.UTF_8), 0, call, words);
    return fs.result(request);
  }

  private long made(long folder, String name, int type) {
    long inode = named(Call.CREATE, name, folder, type | 0644, 0, 0, 0);
    assertTrue(inode > 1, name + ": " + inode);
    return inode;
  }

  private void write(long inode, long offset, String text) {
    long written = named(Call.WRITE, text, inode, offset, text.length(), 0, 0);
    assertEquals(text.length(), written);
  }

  private String read(long inode, long offset, int bytes) {
    long request = fs.askWith(VFS, new byte[0], bytes, Call.READ, inode, offset, bytes);
    return new String(fs.out(request), 0, (int) fs.result(request), StandardCharsets.UTF_8);
  }

  /** Names from a position on, in answers of so many bytes; {@code between} runs after each. */
  private List<String> names(long inode, int bytes, Runnable between) {
    List<String> names = new ArrayList<>();
    for (long position = 0; ; ) {
      long request = fs.askWith(VFS, new byte[0], bytes, Call.READDIR, inode, position, bytes);
      int used = (int) fs.result(request);
      if (used == 0) {
        return names;
      }
      byte[] out = fs.out(request);
      for (int at = 0; at < used; at += out[at + 16]) {
        int end = at + 19;
        while (out[end] != 0) {
          end++;
        }
        names.add(new String(out, at + 19, end - at - 19, StandardCharsets.UTF_8));
      }
      position = fs.word(request, 1);
      between.run();
    }
  }

  @Test
  void whatIsWrittenIsRead() {
    long file = made(1, "a", FILE);
    write(file, 0, "hello");
    write(file, -1, " you");
    assertEquals("hello you", read(file, 0, 100));
    assertEquals("lo", read(file, 3, 2));
    assertEquals("", read(file, 9, 100));
    assertEquals(0, fs.result(fs.ask(VFS, Call.TRUNCATE, file, 2, 0, Long.MAX_VALUE)));
    assertEquals("he", read(file, 0, 100));
    assertEquals(-Errno.EISDIR, fs.result(fs.askWith(VFS, new byte[0], 9, Call.READ, 1, 0, 9)));
  }

  @Test
  void anInodeNumberStaysWithItsPath() {
    long folder = made(1, "f", DIRECTORY);
    long file = made(folder, "x", FILE);
    assertEquals(file, named(Call.LOOKUP, "x", folder));
    assertEquals(1, named(Call.LOOKUP, "..", folder));
    assertEquals(folder, fs.result(fs.ask(VFS, Call.GET, folder)));
    assertEquals(-Errno.ENOENT, named(Call.LOOKUP, "y", folder));
    assertEquals(-Errno.ENOTDIR, named(Call.LOOKUP, "x", file));
    assertEquals(-Errno.EEXIST, named(Call.CREATE, "x", folder, FILE, 0, 0, 0));
  }

  @Test
  void whatIsRemovedIsGoneAndItsNumberMeansNothing() {
    long folder = made(1, "f", DIRECTORY);
    long file = made(folder, "x", FILE);
    assertEquals(-Errno.ENOTEMPTY, named(Call.UNLINK, "f", 1, REMOVE_FOLDER));
    assertEquals(-Errno.EISDIR, named(Call.UNLINK, "f", 1, 0));
    assertEquals(file, named(Call.UNLINK, "x", folder, 0));
    assertEquals(-Errno.ESTALE, fs.result(fs.ask(VFS, Call.GET, file)));
    assertEquals(folder, named(Call.UNLINK, "f", 1, REMOVE_FOLDER));
    assertEquals(-Errno.ESTALE, fs.result(fs.ask(VFS, Call.GET, folder)));
  }

  @Test
  void aListingIsCompleteInPiecesWhileOthersComeAndGo() {
    for (String name : List.of("a", "b", "c", "d")) {
      made(1, name, FILE);
    }
    List<String> names =
        names(
            1,
            48,
            () -> {
              named(Call.UNLINK, "a", 1, 0);
              named(Call.CREATE, "z", 1, FILE, 0, 0, 0);
            });
    assertEquals(List.of(".", ".."), names.subList(0, 2));
    assertTrue(names.containsAll(List.of("b", "c", "d", "link", "z")), names::toString);
    assertEquals(names.size(), names.stream().distinct().count(), names::toString);
  }

  @Test
  void linksSayWhereTheyLeadAndPathsWhereTheyAre() {
    long link = named(Call.LOOKUP, "link", 1);
    long target = fs.askWith(VFS, new byte[0], 100, Call.READLINK, link, 100);
    assertEquals("target", new String(fs.out(target), 0, 6, StandardCharsets.UTF_8));
    long folder = made(1, "f", DIRECTORY);
    long file = made(folder, "x", FILE);
    long path = fs.askWith(VFS, new byte[0], 100, Call.PATH, file);
    assertEquals("/f/x", new String(fs.out(path), 0, 4, StandardCharsets.UTF_8));
    assertEquals(1, fs.result(fs.ask(VFS, Call.PARENT, folder)));
  }

  @Test
  void aNumberMeansTheSameFileToATreeThatBeginsAnew() {
    long folder = made(1, "f", DIRECTORY);
    long file = made(folder, "x", FILE);
    TurnRecorder fresh =
        new TurnRecorder(9, () -> new ServerLoop(() -> new FileServer(new Memory())));
    byte[] name = "f".getBytes(StandardCharsets.UTF_8);
    fresh.askWith(VFS, name, 0, Call.CREATE, 1, DIRECTORY, 0, 0, 0);
    byte[] inside = "x".getBytes(StandardCharsets.UTF_8);
    fresh.askWith(VFS, inside, 0, Call.CREATE, folder, FILE, 0, 0, 0);
    assertEquals(file, fresh.result(fresh.ask(VFS, Call.GET, file)));
  }

  @Test
  void otherNumbersAreTheTreesOwnProtocol() {
    long request = fs.ask(VFS, RsProtocol.Call.UP);
    assertEquals(RsProtocol.Call.UP.number(), fs.result(request));
  }
}
