package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.VfsProtocol.Call;
import org.atoll.libsys.ServerLoop;
import org.atoll.servers.net.NetServer;
import org.atoll.servers.procfs.ProcfsServer;
import org.atoll.servers.tmpfs.Beginning;
import org.atoll.servers.tmpfs.TmpfsServer;
import org.atoll.servers.tty.TtyServer;

/** VFS, tmpfs and a console on a {@link TestMachine}, with processes that a test speaks for. */
final class TestVos {

  static final int PM = 10;
  static final int VFS = 11;
  static final int FS = 12;
  static final int CONSOLE = 13;
  static final int OTHER_FS = 14;
  static final int SERVING_PM = 15;
  static final int PROC_FS = 16;
  static final int TTY = 17;
  static final int DEVICES = 18;
  static final int MEMORY = 19;
  static final int NET = 20;
  static final int FIRST_PROCESS = 100;
  static final int AT_FDCWD = -100;

  final TestMachine machine = new TestMachine();
  final TestConsole.Host host = new TestConsole.Host();
  private int nextProcess = FIRST_PROCESS;

  TestVos() {
    start(VFS, () -> new ServerLoop(VfsServer::new));
    start(FS, () -> new ServerLoop(() -> new TmpfsServer(1, 50)));
    start(OTHER_FS, () -> new ServerLoop(() -> new TmpfsServer(2, 50)));
    start(CONSOLE, () -> new TestConsole(host));
    machine.serve(Role.PM, PM);
    machine.serve(Role.VFS, VFS);
    machine.serve(Role.ROOT_FS, FS);
    machine.serve(Role.CONSOLE, CONSOLE);
    mount(FS, "tmpfs", "/", "tmpfs", 0);
  }

  /** What boot does: puts a file system into the tree; the result. */
  long mount(int fs, String source, String target, String type, int flags) {
    byte[] text = bytes(source + target + type);
    int targetBytes = target.length();
    return askWith(Call.MOUNT, text, flags, source.length(), targetBytes, type.length(), fs, 1)
        .word(0);
  }

  /** Puts the file system of processes on {@code /proc}, with a PM that a test tells about them. */
  TestVos withProc(TestPm.World world) {
    start(SERVING_PM, () -> new TestPm(world));
    start(PROC_FS, () -> new ServerLoop(() -> new ProcfsServer(3, 4)));
    machine.serve(Role.PM, SERVING_PM);
    machine.serve(Role.PROC_FS, PROC_FS);
    mount(PROC_FS, "proc", "/proc", "proc", 0);
    return this;
  }

  /** Starts the terminal server. */
  TestVos withTerminals() {
    start(TTY, () -> new ServerLoop(() -> new TtyServer(4)));
    machine.serve(Role.TTY, TTY);
    return this;
  }

  /** Starts the network server. */
  TestVos withNet() {
    start(NET, () -> new ServerLoop(NetServer::new));
    machine.serve(Role.NET, NET);
    return this;
  }

  /** Puts the devices on {@code /dev}, and memory to be shared below. */
  TestVos withDevices() {
    start(DEVICES, () -> new ServerLoop(() -> new TmpfsServer(5, 25, Beginning.devices())));
    start(MEMORY, () -> new ServerLoop(() -> new TmpfsServer(6, 25, Beginning.shared())));
    mount(DEVICES, "devtmpfs", "/dev", "devtmpfs", 0);
    mount(MEMORY, "tmpfs", "/dev/shm", "tmpfs", Mount.NO_DEVICES);
    return this;
  }

  private void start(int endpoint, java.util.function.Supplier<Handler> maker) {
    machine.start(endpoint, maker);
  }

  /** Pretends that the host has news. */
  void wakeConsole() {
    machine.alarm(CONSOLE, -77, 0);
    machine.pass(0);
  }

  /** A first process. */
  Guest init() {
    int endpoint = nextProcess++;
    ask(Call.INIT_PROCESS, endpoint, endpoint);
    return new Guest(endpoint);
  }

  /** A call of PM or VM to VFS. */
  TestMachine.Asked ask(Call call, long... words) {
    return askWith(call, new byte[0], words);
  }

  TestMachine.Asked askWith(Call call, byte[] in, long... words) {
    TestMachine.Asked asked = machine.ask(PM, VFS, message(call.number(), words), in, 0);
    machine.run();
    return asked;
  }

  /** A call to the file system. */
  TestMachine.Asked fs(FsProtocol.Call call, byte[] in, int outBytes, long... words) {
    TestMachine.Asked asked = machine.ask(PM, FS, message(call.number(), words), in, outBytes);
    machine.run();
    return asked;
  }

  private static Message message(int type, long... words) {
    Message m = new Message();
    m.type = type;
    for (int i = 0; i < words.length; i++) {
      m.word(i, words[i]);
    }
    return m;
  }

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** A process. */
  final class Guest {
    final int endpoint;

    Guest(int endpoint) {
      this.endpoint = endpoint;
    }

    /** Begins a call and runs until nothing happens. */
    TestMachine.Asked begin(ProtocolCall call, byte[] in, int outBytes, long... words) {
      TestMachine.Asked asked =
          machine.ask(endpoint, VFS, message(call.number(), words), in, outBytes);
      machine.run();
      return asked;
    }

    long call(Call call, String in, int outBytes, long... words) {
      return begin(call, bytes(in), outBytes, words).word(0);
    }

    long call(Call call, long... words) {
      return begin(call, new byte[0], 0, words).word(0);
    }

    Guest fork() {
      int child = nextProcess++;
      TestMachine.Asked asked = ask(Call.FORK, endpoint, child, child);
      if (asked.word(0) != 0) {
        throw new AssertionError("fork: " + asked.word(0));
      }
      return new Guest(child);
    }

    long exit() {
      return ask(Call.EXIT, endpoint).word(0);
    }

    long open(String path, int flags) {
      return open(path, flags, 0666);
    }

    long open(String path, int flags, int mode) {
      return call(Call.OPEN, path, 0, AT_FDCWD, flags, mode);
    }

    long close(long fd) {
      return call(Call.CLOSE, fd);
    }

    long write(long fd, String text) {
      return call(Call.WRITE, text, 0, fd, text.length(), -1);
    }

    TestMachine.Asked beginWrite(long fd, byte[] data) {
      return begin(Call.WRITE, data, 0, fd, data.length, -1);
    }

    TestMachine.Asked beginRead(long fd, int bytes) {
      return begin(Call.READ, new byte[0], bytes, fd, bytes, -1);
    }

    /** What a read gives, or {@code E<errno>}. */
    String read(long fd, int bytes) {
      return text(beginRead(fd, bytes));
    }

    String text(TestMachine.Asked asked) {
      long n = asked.word(0);
      return n < 0 ? "E" + -n : new String(asked.out, 0, (int) n, ISO_8859_1);
    }

    long mkdir(String path) {
      return mkdir(path, 0777);
    }

    long mkdir(String path, int mode) {
      return call(Call.MKDIR, path, 0, AT_FDCWD, mode);
    }

    long unlink(String path) {
      return call(Call.UNLINK, path, 0, AT_FDCWD, 0);
    }

    long rmdir(String path) {
      return call(Call.UNLINK, path, 0, AT_FDCWD, 0x200);
    }

    long rename(String from, String to, int flags) {
      return call(Call.RENAME, from + to, 0, AT_FDCWD, AT_FDCWD, flags, from.length());
    }

    long link(String from, String to) {
      return call(Call.LINK, from + to, 0, AT_FDCWD, AT_FDCWD, 0, from.length());
    }

    long symlink(String target, String path) {
      return call(Call.SYMLINK, target + path, 0, AT_FDCWD, target.length());
    }

    String readlink(String path) {
      return text(begin(Call.READLINK, bytes(path), 4096, AT_FDCWD, 4096));
    }

    /** Makes a file with contents. */
    void put(String path, String text) {
      long fd = open(path, 0101 | 01000);
      if (fd < 0 || write(fd, text) != text.length() || close(fd) != 0) {
        throw new AssertionError("cannot write " + path + ": " + fd);
      }
    }

    /** The contents of a file, or {@code E<errno>}. */
    String get(String path) {
      long fd = open(path, 0);
      if (fd < 0) {
        return "E" + -fd;
      }
      String text = read(fd, 65536);
      close(fd);
      return text;
    }

    Status stat(String path) {
      return status(begin(Call.STAT, bytes(path), FileStatus.BYTES, AT_FDCWD, 0));
    }

    Status lstat(String path) {
      return status(begin(Call.STAT, bytes(path), FileStatus.BYTES, AT_FDCWD, 0x100));
    }

    Status fstat(long fd) {
      return status(begin(Call.STAT, new byte[0], FileStatus.BYTES, fd, 0x1000));
    }

    private Status status(TestMachine.Asked asked) {
      return new Status(asked.word(0), ByteBuffer.wrap(asked.out).order(ByteOrder.LITTLE_ENDIAN));
    }

    String cwd() {
      TestMachine.Asked asked = begin(Call.GETCWD, new byte[0], 4096);
      long n = asked.word(0);
      return n < 0 ? "E" + -n : new String(asked.out, 0, (int) n - 1, ISO_8859_1);
    }

    long chdir(String path) {
      return call(Call.CHDIR, path, 0);
    }

    void become(int uid, int gid, int... groups) {
      ByteBuffer ids = ByteBuffer.allocate(4 * groups.length + 8).order(ByteOrder.LITTLE_ENDIAN);
      for (int group : groups) {
        ids.putInt(group);
      }
      ids.putInt(uid).putInt(gid);
      askWith(Call.CREDENTIALS, ids.array(), endpoint, uid, gid, groups.length);
    }

    /** Names in a directory, in its order. */
    String list(String path) {
      long fd = open(path, 0200000);
      StringBuilder names = new StringBuilder();
      while (true) {
        TestMachine.Asked asked = begin(Call.GETDENTS, new byte[0], 96, fd, 96);
        long bytes = asked.word(0);
        if (bytes <= 0) {
          close(fd);
          return bytes < 0 ? "E" + -bytes : names.toString().strip();
        }
        ByteBuffer b = ByteBuffer.wrap(asked.out).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < bytes; at += b.getShort(at + 16)) {
          int end = at + 19;
          while (asked.out[end] != 0) {
            end++;
          }
          names.append(new String(asked.out, at + 19, end - at - 19, ISO_8859_1)).append(' ');
        }
      }
    }
  }

  /** A file's status, or the error. */
  record Status(long error, ByteBuffer fields) {
    int mode() {
      return fields.getInt(FileStatus.MODE);
    }

    long size() {
      return fields.getLong(FileStatus.SIZE);
    }

    long inode() {
      return fields.getLong(FileStatus.INODE);
    }

    int links() {
      return fields.getInt(FileStatus.LINKS);
    }

    int uid() {
      return fields.getInt(FileStatus.UID);
    }

    int gid() {
      return fields.getInt(FileStatus.GID);
    }

    long at(int field) {
      return fields.getLong(field);
    }
  }
}
