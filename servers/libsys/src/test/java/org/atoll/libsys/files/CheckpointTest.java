package org.atoll.libsys.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DsProtocol;
import org.atoll.abi.protocol.FsProtocol.Call;
import org.atoll.libsys.ServerLoop;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

/** A checkpointed tree; it is replaced by load(save()) before each event. */
final class CheckpointTest {

  private static final int VFS = 4;

  /** One file that holds what was written last. */
  private static final class Note implements FileTree, Checkpointed {
    private String text = "";

    @Override
    public void list(Turn turn, String folder, Listing into) {
      into.file("note", 0644, text.length());
    }

    @Override
    public int read(Turn turn, String path, long offset, byte[] into) {
      return FileTree.part(text, offset, into);
    }

    @Override
    public int write(Turn turn, String path, long offset, byte[] bytes) {
      text = new String(bytes, StandardCharsets.UTF_8);
      return bytes.length;
    }

    @Override
    public int truncate(Turn turn, String path, long bytes) {
      text = "x".repeat((int) bytes);
      return 0;
    }

    @Override
    public void save(StateWriter out) {
      out.writeString(text);
    }

    @Override
    public void load(StateReader in) {
      text = in.readString();
    }
  }

  private final TurnRecorder fs =
      new TurnRecorder(9, () -> new ServerLoop(() -> new FileServer(new Note()))).serve(Role.DS, 5);

  private static long inode(TurnRecorder fs) {
    byte[] name = "note".getBytes(StandardCharsets.UTF_8);
    return fs.result(fs.askWith(VFS, name, 0, Call.LOOKUP, Inodes.ROOT));
  }

  private void write(String text) {
    long inode = inode(fs);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long request = fs.askWith(VFS, bytes, 0, Call.WRITE, inode, 0, bytes.length, 0, 0);
    assertEquals(bytes.length, fs.result(request));
  }

  private static byte[] state(String text) {
    StateWriter state = new StateWriter();
    state.writeString(text);
    return state.toBytes();
  }

  private Sent kept() {
    return fs.expect(DsProtocol.Call.CHECKPOINT);
  }

  @Test
  void aChangedStateIsKeptOnce() {
    write("one");
    assertArrayEquals(state(""), kept().in());
    assertArrayEquals(state("one"), kept().in());
    write("one");
    assertFalse(fs.sentAny(DsProtocol.Call.CHECKPOINT));
  }

  @Test
  void whatADataStoreThatFailedLostIsKeptAgain() {
    write("one");
    kept();
    fs.answer(kept(), -Errno.EDEADSRCDST);
    write("one");
    assertArrayEquals(state("one"), kept().in());
  }

  @Test
  void aStateThatIsTooLargeTakesBackWhatWasKept() {
    write("one");
    kept();
    kept();
    fs.ask(VFS, Call.TRUNCATE, inode(fs), DsProtocol.VALUE_BYTES_MAX, 0, Long.MAX_VALUE);
    assertEquals(0, kept().in().length);
  }

  @Test
  void aFreshTreeGoesOnWithWhatWasKept() {
    ServerLoop loop = new ServerLoop(() -> new FileServer(new Note()));
    loop.restore(new StateReader(state("one")));
    TurnRecorder restored = new TurnRecorder(9, () -> loop);
    long inode = inode(restored);
    long request = restored.askWith(VFS, new byte[0], 9, Call.READ, inode, 0, 9);
    assertEquals(3, restored.result(request));
  }
}
