package org.atoll.libposix;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libposix.elf.ElfFile;
import org.atoll.libposix.elf.StackImage;

/** What exec asks of VM, in order: the calls that build the new address space. */
final class ExecPlan {

  private static final int PROT_READ = 1;
  private static final int PROT_EXEC = 4;
  private static final int ANONYMOUS = -1;
  private static final int WORDS = 6;

  /** One call of VM. */
  private static final class Row {
    final int type;
    final long[] words;
    final byte[] bytes;

    Row(int type, long[] words, byte[] bytes) {
      this.type = type;
      this.words = words;
      this.bytes = bytes;
    }
  }

  private final Deque<Row> rows = new ArrayDeque<>();

  private long programBias;
  private long interpreterBias;
  private boolean interpreted;
  private long breakStart;
  private long entry;
  private long stackPointer;

  /** Where the program's heap begins. */
  long breakStart() {
    return breakStart;
  }

  /** The first program counter. */
  long entry() {
    return entry;
  }

  /** The first stack pointer. */
  long stackPointer() {
    return stackPointer;
  }

  /** Places program and interpreter and notes how they are mapped. Fails late. */
  void files(ExecFile program, ExecFile interpreter, long stackLimit) {
    rows.clear();
    interpreted = interpreter.fd != ExecFile.CLOSED;
    ElfFile elf = loadable(program.elf());
    programBias = bias(elf, MemoryLayout.PROGRAM_BIAS);
    entry = programBias + elf.header().entry();
    breakStart = programBias + elf.end();
    long stackBytes =
        stackLimit < 0 || stackLimit > MemoryLayout.STACK_BYTES_MAX
            ? MemoryLayout.STACK_BYTES_MAX
            : Math.max(stackLimit, Limits.EXEC_STRING_BYTES_MAX);
    long room = MemoryLayout.STACK_TOP - stackBytes;
    fits(programBias + elf.start(), breakStart, room);
    map(elf, program.fd, programBias);
    if (interpreted) {
      ElfFile loader = loadable(interpreter.elf());
      interpreterBias = bias(loader, MemoryLayout.INTERPRETER_BIAS);
      entry = interpreterBias + loader.header().entry();
      fits(interpreterBias + loader.start(), interpreterBias + loader.end(), room);
      apart(elf, loader);
      map(loader, interpreter.fd, interpreterBias);
    }
    if (entry < 0 || entry >= Limits.USER_ADDRESS_END) {
      throw new LateFailure();
    }
    add(VmProtocol.Call.EXEC_STACK, MemoryLayout.STACK_TOP, stackBytes & -Limits.PAGE_BYTES);
    signalReturn();
  }

  private static ElfFile loadable(ElfFile elf) {
    if (elf.segments().isEmpty()) {
      throw new LateFailure();
    }
    return elf;
  }

  private static long bias(ElfFile elf, long wanted) {
    return elf.positionIndependent() ? (wanted & -elf.alignment()) - elf.start() : 0;
  }

  private static void fits(long start, long end, long room) {
    if (start < 0 || end > room) {
      throw new LateFailure();
    }
  }

  private void apart(ElfFile program, ElfFile loader) {
    if (programBias + program.start() < interpreterBias + loader.end()
        && interpreterBias + loader.start() < breakStart) {
      throw new LateFailure();
    }
  }

  private void map(ElfFile elf, int fd, long bias) {
    for (ElfFile.Segment s : elf.segments()) {
      long into = s.address() & Limits.PAGE_BYTES - 1;
      boolean ofFile = s.fileBytes() != 0;
      add(
          VmProtocol.Call.EXEC_MAP,
          bias + s.address() - into,
          ofFile ? into + s.fileBytes() : 0,
          into + s.bytes(),
          s.protection(),
          ofFile ? fd : ANONYMOUS,
          ofFile ? s.offset() - into : 0);
    }
  }

  private void signalReturn() {
    long page = MemoryLayout.SIGNAL_RETURN;
    int readExecute = PROT_READ | PROT_EXEC;
    add(VmProtocol.Call.EXEC_MAP, page, 0, Limits.PAGE_BYTES, readExecute, ANONYMOUS, 0);
    write(page, MemoryLayout.signalReturnCode());
  }

  /** Notes what goes on the stack. */
  void stack(ExecFile program, ExecRequest request, int[] ids, byte[] random) {
    ElfFile elf = program.elf();
    long headers = elf.headersAddress();
    StackImage.Auxiliary auxiliary =
        new StackImage.Auxiliary()
            .add(StackImage.AT_HWCAP, StackImage.HWCAP)
            .add(StackImage.AT_PAGESZ, Limits.PAGE_BYTES)
            .add(StackImage.AT_CLKTCK, Times.TICKS_PER_SECOND)
            .add(StackImage.AT_PHDR, headers == 0 ? 0 : programBias + headers)
            .add(StackImage.AT_PHENT, 56)
            .add(StackImage.AT_PHNUM, elf.header().programHeaders())
            .add(StackImage.AT_BASE, interpreted ? interpreterBias : 0)
            .add(StackImage.AT_FLAGS, 0)
            .add(StackImage.AT_ENTRY, programBias + elf.header().entry())
            .add(StackImage.AT_UID, ids[0])
            .add(StackImage.AT_EUID, ids[1])
            .add(StackImage.AT_GID, ids[2])
            .add(StackImage.AT_EGID, ids[3])
            .add(StackImage.AT_SECURE, ids[0] != ids[1] || ids[2] != ids[3] ? 1 : 0)
            .add(StackImage.AT_HWCAP2, 0)
            .add(StackImage.AT_MINSIGSTKSZ, SignalFrame.STACK_BYTES_MIN);
    StackImage image =
        StackImage.of(
            MemoryLayout.STACK_TOP,
            request.file,
            request.arguments,
            request.environment,
            auxiliary,
            random);
    stackPointer = image.stackPointer();
    write(stackPointer, image.bytes());
  }

  private void write(long address, byte[] bytes) {
    for (int from = 0; from < bytes.length; from += Limits.BUFFER_BYTES_MAX) {
      int to = Math.min(bytes.length, from + Limits.BUFFER_BYTES_MAX);
      byte[] piece = Arrays.copyOfRange(bytes, from, to);
      rows.add(new Row(VmProtocol.Call.EXEC_WRITE.number(), words(address + from), piece));
    }
  }

  private void add(VmProtocol.Call call, long... words) {
    rows.add(new Row(call.number(), words(words), new byte[0]));
  }

  private static long[] words(long... words) {
    return Arrays.copyOf(words, WORDS);
  }

  /** Whether everything was asked for. */
  boolean done() {
    return rows.isEmpty();
  }

  /** Asks for the next thing. */
  long ask(Call call) {
    Row row = rows.removeFirst();
    long[] w = row.words;
    Message m = call.message().set(row.type, w[0], w[1], w[2], w[3], w[4], w[5], 0);
    return call.attempt(Role.VM, m, row.bytes, 0);
  }

  void clear() {
    rows.clear();
  }

  void save(StateWriter out) {
    out.writeLong(programBias).writeLong(interpreterBias).writeBoolean(interpreted);
    out.writeLong(breakStart).writeLong(entry).writeLong(stackPointer);
    out.writeInt(rows.size());
    for (Row row : rows) {
      out.writeInt(row.type).writeBytes(row.bytes);
      for (long word : row.words) {
        out.writeLong(word);
      }
    }
  }

  void load(StateReader in) {
    programBias = in.readLong();
    interpreterBias = in.readLong();
    interpreted = in.readBoolean();
    breakStart = in.readLong();
    entry = in.readLong();
    stackPointer = in.readLong();
    rows.clear();
    for (int count = in.readInt(); count > 0; count--) {
      int type = in.readInt();
      byte[] bytes = in.readBytes();
      long[] words = new long[WORDS];
      for (int i = 0; i < WORDS; i++) {
        words[i] = in.readLong();
      }
      rows.add(new Row(type, words, bytes));
    }
  }
}
