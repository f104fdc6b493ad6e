package org.atoll.boot;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.atoll.programs.CallTable;

/**
 * A table of random system calls: arguments are drawn by their names, so that most calls get past
 * their first checks, and some get nonsense.
 */
final class FuzzTable {

  private static final long[] FEW = {0, 1, 2, 3, 4, 7, 8, 15, 16, 24, 48, 64, 100, 128, 255};

  private static final long[] SIZES = {
    511,
    512,
    4095,
    4096,
    4097,
    8192,
    65_535,
    65_536,
    65_537,
    1 << 20,
    0x7fff_ffff,
    1L << 31,
    1L << 38
  };

  private static final long[] BAD_POINTERS = {
    0, 1, -1, -8, 0xfff, 0x1_0000, 0x3f_ffff_f000L, 1L << 38, 1L << 63, 0x7000_0000
  };

  /** Flags that mean something together: of clone, open and mmap. */
  private static final long[] FLAGS = {
    17, 0x4111, 0x3d_0f00, 0x7d_0f00, 0102, 01102, 02001, 04002, 0200000, 0x22, 0x21, 0x32, 0x31
  };

  /** Signals that have a handler from the start, so that few of them end the program. */
  private static final int[] HANDLED = {
    1, 2, 3, 10, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 29, 34
  };

  /** Calls that make what others are about: files, pipes, mappings, processes, locks. */
  private static final Set<Integer> MAKING =
      Set.of(
          19, 20, 21, 24, 25, 33, 34, 36, 56, 59, 63, 64, 73, 74, 85, 86, 107, 198, 199, 200, 201,
          203, 206, 216, 220, 222, 242, 279);

  private static final int SIGACTION = 134;
  private static final int SETITIMER = 103;
  private static final int EXECVE = 221;

  /** What maps, protects and unmaps is about the first half of the scratch space. */
  private static final int PAGES_BYTES = CallTable.SCRATCH_BYTES / 2;

  private static final List<String> PATHS =
      List.of(
          "/",
          ".",
          "..",
          "",
          "/tmp",
          "/tmp/a",
          "/tmp/b",
          "/tmp/d",
          "/tmp/d/x",
          "a",
          "a/b",
          "/dev/null",
          "/dev/zero",
          "/dev/full",
          "/dev/tty",
          "/dev/console",
          "/dev/urandom",
          "/dev/stdin",
          "/proc",
          "/proc/self/fd",
          "/proc/self/fd/3",
          "/proc/self/exe",
          "/proc/self/cwd/tmp",
          "/proc/2/stat",
          "/proc/2/fd/0",
          "/proc/self/status",
          "/proc/meminfo",
          "/c0",
          "/c1",
          "/usr/bin/vps",
          "/usr/bin/onnode",
          "/usr/bin/vps/x",
          "tmpfs",
          "x".repeat(255),
          "x".repeat(256),
          "/y".repeat(2_100));

  private final RandomGenerator chance;
  private final FuzzedSockets sockets;
  private final List<FuzzedCall> calls;
  private final List<FuzzedCall> making;
  private final ByteBuffer records;
  private final ByteArrayOutputStream texts = new ByteArrayOutputStream();
  private final List<Integer> textAt = new ArrayList<>();
  private final int recordsMax;
  private int count;

  /** Records of calls that have been drawn, whose results others may use. */
  private final List<Integer> results = new ArrayList<>();

  FuzzTable(RandomGenerator chance, List<FuzzedCall> calls, int recordsMax) {
    this.chance = chance;
    this.sockets = new FuzzedSockets(chance, new Ground());
    this.calls = calls;
    this.making = calls.stream().filter(call -> MAKING.contains(call.number())).toList();
    this.recordsMax = recordsMax;
    records =
        ByteBuffer.allocate(8 * CallTable.RECORD_WORDS * recordsMax).order(ByteOrder.LITTLE_ENDIAN);
    for (String path : PATHS) {
      textAt.add(texts.size());
      texts.writeBytes((path + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  /** The program that makes the calls. */
  byte[] program() {
    surviveSignals();
    interruptWhatWaits();
    while (count < recordsMax - 2 * CallTable.RECORD_WORDS) {
      List<FuzzedCall> some = chance.nextInt(3) == 0 ? making : calls;
      addCall(some.get(chance.nextInt(some.size())));
    }
    byte[] image = new byte[records.capacity() + (texts.size() + 7 & -8)];
    System.arraycopy(records.array(), 0, image, 0, records.capacity());
    System.arraycopy(texts.toByteArray(), 0, image, records.capacity(), texts.size());
    return CallTable.executable(image, count);
  }

  private void surviveSignals() {
    long action = CallTable.SCRATCH + PAGES_BYTES;
    poke(action, CallTable.HANDLER);
    for (int signal : HANDLED) {
      add(SIGACTION, signal, action, 0, 8);
    }
  }

  private void interruptWhatWaits() {
    long timer = CallTable.SCRATCH + PAGES_BYTES;
    for (int word = 0; word < 4; word++) {
      poke(timer + 8 * word, word % 2 == 0 ? 0 : 1_000);
    }
    add(SETITIMER, 0, timer, 0);
  }

  private void addCall(FuzzedCall call) {
    if (call.number() == EXECVE && chance.nextInt(10) > 0) {
      return;
    }
    long[] words = new long[CallTable.RECORD_WORDS];
    words[0] = call.number();
    for (int i = 0; i < call.arguments().size() && i < 6; i++) {
      String name = call.arguments().get(i);
      boolean known = FuzzedSockets.knows(call.number());
      words[1 + i] = known ? sockets.argument(call.number(), name) : argument(name);
    }
    if (!results.isEmpty() && chance.nextInt(3) == 0) {
      int of = results.get(chance.nextInt(results.size()));
      long argument = wordAddress(count + 1, 1 + chance.nextInt(3));
      add(CallTable.COPY, argument, wordAddress(of, CallTable.RESULT_WORD));
    }
    results.add(count);
    add(words);
  }

  private static long wordAddress(int record, int word) {
    return CallTable.IMAGE + 8L * (record * CallTable.RECORD_WORDS + word);
  }

  private void add(long... words) {
    if (count == recordsMax) {
      return;
    }
    for (int i = 0; i < words.length; i++) {
      records.putLong(8 * (count * CallTable.RECORD_WORDS + i), words[i]);
    }
    count++;
  }

  // ---- arguments

  private long argument(String name) {
    if (chance.nextInt(50) == 0) {
      return chance.nextLong();
    }
    return switch (name) {
      case "fd", "in", "out", "tofd", "fromfd", "epoll" -> descriptor();
      case "dirfd" -> chance.nextInt(3) > 0 ? -100 : descriptor();
      case "path", "target", "source", "type", "from", "to", "name" -> path();
      case "endpoint", "sender" -> endpoint();
      case "message" -> message();
      case "bytes", "count", "cpuBytes", "oldBytes", "newBytes" -> size();
      case "pid", "which", "who", "tid", "id", "first", "last" -> pid();
      case "signal" -> chance.nextInt(66);
      case "protection" -> chance.nextInt(3) == 0 ? flags() : 3;
      case "flags", "options", "mode", "mask", "how" -> flags();
      case "operation" -> chance.nextBoolean() ? flags() : few();
      case "most", "initial" -> few();
      case "offset", "start", "end", "high", "whence" -> chance.nextInt(3) == 0 ? size() : few();
      case "uid", "gid", "real", "effective", "saved" -> user();
      case "address", "newAddress", "stack" -> page();
      case "command", "request", "option", "kind", "clock", "resource", "advice" -> number();
      case "vector", "arguments", "environment", "fds", "pairs" -> vector();
      case "time", "timeout", "times", "value", "new", "limit", "set", "event" -> structure();
      default -> chance.nextInt(4) == 0 ? few() : pointer();
    };
  }

  private long few() {
    return FEW[chance.nextInt(FEW.length)];
  }

  private long size() {
    return switch (chance.nextInt(10)) {
      case 0 -> SIZES[chance.nextInt(SIZES.length)];
      case 1 -> -few();
      case 2 -> 4096 * few();
      default -> few();
    };
  }

  private long descriptor() {
    return chance.nextInt(12) == 0 ? -few() : chance.nextInt(12);
  }

  private long pid() {
    return switch (chance.nextInt(6)) {
      case 0 -> 0;
      case 1 -> -chance.nextInt(12);
      default -> 2 + chance.nextInt(16);
    };
  }

  /** A task: of the first ones of node 0, servers most of them; or any, or none. */
  private long endpoint() {
    return chance.nextInt(8) == 0 ? -chance.nextInt(4) : chance.nextInt(32);
  }

  /** A message, most of them with a number that programs may use. */
  private long message() {
    long at = pointer();
    if (isScratch(at)) {
      long type = chance.nextInt(8) == 0 ? 0x100L * chance.nextInt(14) : 0x4000 + few();
      poke(at, type << 32);
      for (int word = 1; word < 4; word++) {
        poke(at + 8L * word, few());
      }
    }
    return at;
  }

  private long user() {
    long[] users = {0, 1, 1000, 1001, -1, 65_534};
    return users[chance.nextInt(users.length)];
  }

  private long flags() {
    if (chance.nextBoolean()) {
      return FLAGS[chance.nextInt(FLAGS.length)];
    }
    long flags = 0;
    for (int bits = chance.nextInt(4); bits > 0; bits--) {
      flags |= 1L << chance.nextInt(24);
    }
    return flags;
  }

  private long number() {
    return switch (chance.nextInt(10)) {
      case 0, 1 -> 0x5400 + chance.nextInt(0x60);
      case 2 -> 0x8900 + chance.nextInt(0x80);
      default -> chance.nextInt(64);
    };
  }

  private long path() {
    if (chance.nextInt(20) == 0) {
      return pointer();
    }
    return CallTable.IMAGE + records.capacity() + textAt.get(chance.nextInt(textAt.size()));
  }

  private long pointer() {
    return switch (chance.nextInt(10)) {
      case 0 -> BAD_POINTERS[chance.nextInt(BAD_POINTERS.length)];
      case 1 -> CallTable.SCRATCH + chance.nextInt(CallTable.SCRATCH_BYTES);
      default -> CallTable.SCRATCH + PAGES_BYTES + 512L * chance.nextInt(PAGES_BYTES / 512);
    };
  }

  private long page() {
    return switch (chance.nextInt(6)) {
      case 0 -> 0;
      case 1 -> BAD_POINTERS[chance.nextInt(BAD_POINTERS.length)];
      case 2 -> 0x4000_0000L + 4096L * chance.nextInt(64);
      default -> CallTable.SCRATCH + 4096L * chance.nextInt(PAGES_BYTES / 4096);
    };
  }

  /** Pointers and lengths in turn, ended by 0: an iovec, pollfds, or strings. */
  private long vector() {
    long at = pointer();
    if (!isScratch(at)) {
      return at;
    }
    int entries = chance.nextInt(4);
    for (int i = 0; i < entries; i++) {
      boolean strings = chance.nextInt(3) == 0;
      poke(at + 16L * i, strings ? path() : pointer());
      poke(at + 16L * i + 8, strings ? path() : size());
    }
    poke(at + 16L * entries, 0);
    return at;
  }

  /** A few small words: times, limits, sets, or a handler with its flags. */
  private long structure() {
    long at = pointer();
    if (!isScratch(at) || chance.nextInt(4) == 0) {
      return at;
    }
    for (int i = 0; i < 3; i++) {
      long[] words = {0, few(), size(), 1_000_000L * few(), flags(), CallTable.HANDLER};
      poke(at + 8L * i, words[chance.nextInt(words.length)]);
    }
    return at;
  }

  private static boolean isScratch(long address) {
    return address >= CallTable.SCRATCH + PAGES_BYTES
        && address < CallTable.SCRATCH + CallTable.SCRATCH_BYTES - 128;
  }

  private void poke(long address, long value) {
    add(CallTable.POKE, address, value);
  }

  /** What sockets need of this table. */
  private final class Ground implements FuzzedSockets.Ground {

    @Override
    public long pointer() {
      return FuzzTable.this.pointer();
    }

    @Override
    public boolean isScratch(long address) {
      return FuzzTable.isScratch(address);
    }

    @Override
    public void poke(long address, long value) {
      FuzzTable.this.poke(address, value);
    }

    @Override
    public long descriptor() {
      return FuzzTable.this.descriptor();
    }

    @Override
    public long any(String name) {
      return FuzzTable.this.argument(name);
    }
  }
}
