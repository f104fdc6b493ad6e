package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libposix.elf.ElfFile;
import org.atoll.libposix.elf.ElfHeader;

/**
 * The files of an exec: finds the program through scripts and their interpreters, reads and checks
 * it, and the ELF interpreter that it names.
 */
final class ExecFiles {

  /** What comes next. */
  private enum Step {
    OPEN,
    OPENED,
    HEADER,
    TABLE,
    INTERPRETER,
    INTERPRETER_OPENED,
    INTERPRETER_HEADER,
    INTERPRETER_TABLE,
    REPORTED,
    READY
  }

  /** A step's result: the next one begins at once. */
  private static final long NEXT = Long.MIN_VALUE + 2;

  private static final int STANDARD_ERROR = 2;

  private final ExecRequest request;
  private final ExecFile program = new ExecFile();
  private final ExecFile interpreter = new ExecFile();
  private Step step = Step.OPEN;

  /** The file of which a range is being read, or 0: 1 program, 2 interpreter. */
  private int reading;

  /** Whether an error in the next answer ends the exec. */
  private boolean mustSucceed;

  /** Whether one of the paths that were tried could not be executed. */
  private boolean denied;

  ExecFiles(ExecRequest request) {
    this.request = request;
  }

  ExecFile program() {
    return program;
  }

  /** Not open when the program needs none. */
  ExecFile interpreter() {
    return interpreter;
  }

  void clear() {
    step = Step.OPEN;
    program.clear();
    interpreter.clear();
    reading = 0;
    mustSucceed = false;
    denied = false;
  }

  /** Whether all is known. */
  boolean ready() {
    return step == Step.READY;
  }

  /** Goes on until it has to wait, or all is known. */
  long run(Call call) {
    check(call);
    long result;
    do {
      result = step(call);
    } while (result == NEXT && !ready());
    return result;
  }

  private void check(Call call) {
    if (mustSucceed) {
      mustSucceed = false;
      checkAnswer(call);
    }
    if (reading != 0) {
      ExecFile file = reading == 1 ? program : interpreter;
      reading = 0;
      file.showing(call);
    }
  }

  /** Fails with the error in the last answer, if it is one. */
  static void checkAnswer(Call call) {
    if (call.answer(0) < 0) {
      throw new Failure((int) -PosixProgram.forProgram(call.answer(0)));
    }
  }

  private long step(Call call) {
    return switch (step) {
      case OPEN -> {
        step = Step.OPENED;
        yield open(call, request.directory, request.openFlags, request.path);
      }
      case OPENED -> opened(call);
      case HEADER -> header(call);
      case TABLE -> {
        long later = table(call, program, Errno.ENOEXEC);
        if (later != NEXT) {
          yield later;
        }
        yield go(program.elf().isInterpreted() ? Step.INTERPRETER : Step.READY);
      }
      case INTERPRETER -> openInterpreter(call);
      case INTERPRETER_OPENED -> {
        interpreter.opened(call);
        yield go(Step.INTERPRETER_HEADER);
      }
      case INTERPRETER_HEADER -> interpreterHeader(call);
      case INTERPRETER_TABLE -> {
        long later = table(call, interpreter, Errno.ELIBBAD);
        yield later == NEXT ? go(Step.READY) : later;
      }
      case REPORTED -> throw new Failure(Errno.ENOEXEC);
      case READY -> throw new IllegalStateException("the files are known");
    };
  }

  private long go(Step next) {
    step = next;
    return NEXT;
  }

  private long must(Step next, long later) {
    step = next;
    mustSucceed = true;
    return later;
  }

  private long open(Call call, int directoryFd, int flags, byte[] path) {
    return call.attempt(
        Role.VFS, VfsProtocol.Call.OPEN_EXEC.encode(call.message(), directoryFd, flags), path, 0);
  }

  private long opened(Call call) {
    long result = call.answer(0);
    if (result >= 0) {
      request.found();
      program.opened(call);
      return go(Step.HEADER);
    }
    denied |= result == -Errno.EACCES;
    boolean elsewhere =
        result == -Errno.ENOENT || result == -Errno.ENOTDIR || result == -Errno.EACCES;
    if (elsewhere && request.next()) {
      return go(Step.OPEN);
    }
    throw new Failure(denied ? Errno.EACCES : (int) -PosixProgram.forProgram(result));
  }

  private long read(Call call, ExecFile file, long offset, int bytes) {
    reading = file == program ? 1 : 2;
    return file.show(call, offset, bytes);
  }

  private long header(Call call) {
    if (!program.shows(0, Limits.PAGE_BYTES)) {
      return read(call, program, 0, Limits.PAGE_BYTES);
    }
    byte[] head = program.bytesAt(0);
    if (head.length >= 2 && head[0] == '#' && head[1] == '!') {
      return script(call, head);
    }
    ElfHeader header = parse(head, Errno.ENOEXEC);
    if (!header.isRiscv()) {
      return foreign(call, header);
    }
    program.header(header);
    return go(Step.TABLE);
  }

  private static ElfHeader parse(byte[] head, int otherwise) {
    try {
      return ElfHeader.parse(head, head.length);
    } catch (ElfFile.Malformed malformed) {
      throw new Failure(otherwise);
    }
  }

  private long script(Call call, byte[] head) {
    int bytes = Math.min(head.length, ExecRequest.SCRIPT_LINE_BYTES_MAX);
    request.becomeInterpreter(head, bytes);
    int fd = program.fd;
    program.clear();
    return must(
        Step.OPEN, call.attempt(Role.VFS, VfsProtocol.Call.CLOSE.encode(call.message(), fd)));
  }

  /** A program of another machine: one line on its standard error says what it is. */
  private long foreign(Call call, ElfHeader header) {
    byte[] line =
        ExecRequest.join(
            ExecRequest.bytes("atoll: "),
            request.file,
            ExecRequest.bytes(": " + header.machineName() + " program; this machine is riscv64\n"));
    step = Step.REPORTED;
    return call.attempt(
        Role.VFS,
        VfsProtocol.Call.WRITE.encode(call.message(), STANDARD_ERROR, line.length, -1),
        line,
        0);
  }

  /** The program headers; {@code otherwise} when they are not there. */
  private long table(Call call, ExecFile file, int otherwise) {
    ElfHeader header = file.header();
    if (!file.shows(header.tableOffset(), header.tableBytes())) {
      return read(call, file, header.tableOffset(), header.tableBytes());
    }
    byte[] table = file.bytesAt(header.tableOffset());
    try {
      file.elf(ElfFile.parse(header, table, table.length));
    } catch (ElfFile.Malformed malformed) {
      throw new Failure(otherwise);
    }
    return NEXT;
  }

  private long openInterpreter(Call call) {
    ElfFile elf = program.elf();
    int bytes = program.interpreterBytes();
    if (!program.shows(elf.interpreterOffset(), bytes)) {
      return read(call, program, elf.interpreterOffset(), bytes);
    }
    byte[] path = program.interpreterPath();
    return must(Step.INTERPRETER_OPENED, open(call, ExecRequest.AT_FDCWD, 0, path));
  }

  private long interpreterHeader(Call call) {
    if (!interpreter.shows(0, Limits.PAGE_BYTES)) {
      return read(call, interpreter, 0, Limits.PAGE_BYTES);
    }
    byte[] head = interpreter.bytesAt(0);
    if (head.length < ElfHeader.BYTES) {
      throw new Failure(Errno.EIO);
    }
    ElfHeader header = parse(head, Errno.ELIBBAD);
    if (!header.isRiscv()) {
      throw new Failure(Errno.ELIBBAD);
    }
    interpreter.header(header);
    return go(Step.INTERPRETER_TABLE);
  }

  /** Whether a line on standard error says why the exec fails. */
  boolean said() {
    return step == Step.REPORTED;
  }

  /** Whether a failed exec has files to close. */
  boolean areOpen() {
    return program.fd != ExecFile.CLOSED || interpreter.fd != ExecFile.CLOSED;
  }

  /** Closes one of them. */
  long closeOne(Call call) {
    ExecFile open = interpreter.fd != ExecFile.CLOSED ? interpreter : program;
    int fd = open.fd;
    open.fd = ExecFile.CLOSED;
    return call.attempt(Role.VFS, VfsProtocol.Call.CLOSE.encode(call.message(), fd));
  }

  void save(StateWriter out) {
    out.writeString(step.name()).writeByte(reading);
    out.writeBoolean(mustSucceed).writeBoolean(denied);
    program.save(out);
    interpreter.save(out);
  }

  void load(StateReader in) {
    step = Step.valueOf(in.readString());
    reading = in.readByte();
    mustSucceed = in.readBoolean();
    denied = in.readBoolean();
    program.load(in);
    interpreter.load(in);
  }
}
