package org.atoll.posix;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Machine;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.posix.elf.ElfFile;
import org.atoll.posix.elf.ElfHeader;
import org.atoll.posix.elf.StackImage;

/**
 * The replacement of a process's program: execve, and the first program of a process.
 *
 * <p>First everything that can fail is done: the request is copied out of the old memory, the files
 * are opened, read and checked, the new address space is built beside the old one. Then, from
 * {@link Phase#COMMITTED} on, there is no old program that could be told of a failure: it kills the
 * process. Before the new space is begun the process may move to another node: it has no memory to
 * carry then.
 */
final class Exec implements SystemCall.Body {

  /** What comes next. */
  private enum Phase {
    IDLE,
    REQUEST,
    DIRECTORY,
    OPEN,
    OPENED,
    HEADER,
    TABLE,
    INTERPRETER,
    INTERPRETER_OPENED,
    INTERPRETER_HEADER,
    INTERPRETER_TABLE,
    PLACE,
    MOVE,
    BEGIN,
    BUILD,
    COMMIT,
    COMMITTED,
    IDENTITY,
    LIMITS,
    REPORTED,
    CLEAN
  }

  private static final int STATE_VERSION = 1;

  /** A phase's result: the next one begins at once. */
  private static final long NEXT = Long.MIN_VALUE + 2;

  private static final int S_ISUID = 04000;
  private static final int S_ISGID_AND_EXECUTABLE = 02010;

  /** Limits that VM has to be told on another node. */
  private static final int[] MEMORY_LIMITS = {
    ResourceLimits.DATA, ResourceLimits.STACK, ResourceLimits.AS
  };

  private final ExecRequest request = new ExecRequest();
  private final ExecFile program = new ExecFile();
  private final ExecFile interpreter = new ExecFile();
  private final ExecPlan plan = new ExecPlan();

  private Phase phase = Phase.IDLE;

  /** Addresses of path (0: {@link #request} has it), arguments and environment. */
  private final long[] addresses = new long[3];

  /** Where the first program begins; empty: where it is. */
  private byte[] directory = new byte[0];

  /** The file of which a range is being read, or 0: 1 program, 2 interpreter. */
  private int reading;

  /** Whether an error in the next answer ends the exec. */
  private boolean mustSucceed;

  private boolean denied;
  private boolean begun;
  private boolean moved;
  private int limitsTold;

  /** The saved program that is on its way to another node, and how much of it is. */
  private byte[] state = new byte[0];

  private int stateSent;

  /** How many signals had come when the program was saved. */
  private long signalsSeen;

  private long failure;

  /** Whether an exec is under way. */
  boolean running() {
    return phase != Phase.IDLE;
  }

  /** Begins an execve of the process itself. */
  long begin(Call call, int directoryFd, int openFlags, long path, long argv, long envp) {
    start(Phase.REQUEST);
    request.clear();
    request.directory = directoryFd;
    request.openFlags = openFlags;
    addresses[0] = path;
    addresses[1] = argv;
    addresses[2] = envp;
    return run(call);
  }

  /** Begins the first program of the process; false when the request makes no sense. */
  boolean beginFirst(Call call, byte[] image) {
    try {
      ExecImage first = ExecImage.decode(image, image.length);
      request.take(first);
      directory = ExecRequest.bytes(first.directory());
    } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
      return false;
    }
    call.begin(SystemCalls.EXECVE, Interruption.NONE);
    start(directory.length == 0 ? Phase.OPEN : Phase.DIRECTORY);
    return true;
  }

  private void start(Phase first) {
    phase = first;
    program.clear();
    interpreter.clear();
    plan.clear();
    reading = 0;
    mustSucceed = false;
    denied = false;
    begun = false;
    moved = false;
    limitsTold = 0;
    failure = 0;
    state = new byte[0];
  }

  @Override
  public long run(Call call) {
    long result;
    do {
      result = guarded(call);
    } while (result == NEXT);
    return result;
  }

  private long guarded(Call call) {
    try {
      check(call);
      return phase(call);
    } catch (Failure f) {
      return failed(call, f.errno);
    }
  }

  private void check(Call call) {
    if (mustSucceed) {
      mustSucceed = false;
      if (call.answer(0) < 0) {
        reading = 0;
        throw new Failure((int) -Call.forProgram(call.answer(0)));
      }
    }
    if (reading != 0) {
      ExecFile file = reading == 1 ? program : interpreter;
      reading = 0;
      file.showing(call);
    }
  }

  private long phase(Call call) {
    return switch (phase) {
      case REQUEST -> {
        collect(call);
        yield go(Phase.OPEN);
      }
      case DIRECTORY ->
          must(
              Phase.OPEN,
              call.attempt(
                  Role.VFS, VfsProtocol.Call.CHDIR.encode(call.message()), directory, 0));
      case OPEN -> {
        phase = Phase.OPENED;
        yield open(call, request.directory, request.openFlags, request.path);
      }
      case OPENED -> opened(call);
      case HEADER -> header(call);
      case TABLE -> table(call, program, Phase.INTERPRETER);
      case INTERPRETER -> openInterpreter(call);
      case INTERPRETER_OPENED -> {
        interpreter.opened(call);
        yield go(Phase.INTERPRETER_HEADER);
      }
      case INTERPRETER_HEADER -> interpreterHeader(call);
      case INTERPRETER_TABLE -> table(call, interpreter, Phase.PLACE);
      case PLACE -> place(call);
      case MOVE -> move(call);
      case BEGIN -> beginSpace(call);
      case BUILD -> plan.done() ? go(Phase.COMMIT) : must(Phase.BUILD, plan.ask(call));
      case COMMIT ->
          must(
              Phase.COMMITTED,
              call.attempt(
                  Role.VM,
                  VmProtocol.Call.EXEC_COMMIT.encode(call.message(), plan.breakStart())));
      case COMMITTED -> tellProcessManager(call);
      case IDENTITY -> become(call);
      case LIMITS -> tellLimits(call);
      case REPORTED -> throw new Failure(Errno.ENOEXEC);
      case CLEAN -> clean(call);
      case IDLE -> throw new IllegalStateException("no exec under way");
    };
  }

  private long go(Phase next) {
    phase = next;
    return NEXT;
  }

  private long must(Phase next, long later) {
    phase = next;
    mustSucceed = true;
    return later;
  }

  // ---- the request

  private void collect(Call call) {
    Guest guest = call.guest();
    request.path = guest.path(addresses[0]);
    boolean byDescriptor = (request.openFlags & Names.AT_EMPTY_PATH) != 0;
    if (request.path.length == 0 && !byDescriptor) {
      throw new Failure(Errno.ENOENT);
    }
    request.file =
        request.path.length == 0
            ? ExecRequest.bytes("/dev/fd/" + request.directory)
            : request.path;
    long stackLimit = call.process().limits.soft(ResourceLimits.STACK);
    collect(guest, addresses[1], request.arguments, stackLimit);
    collect(guest, addresses[2], request.environment, stackLimit);
    if (request.arguments.isEmpty()) {
      request.arguments.add(new byte[0]);
    }
  }

  /** Takes strings from where the list ends: after a missing page it goes on there. */
  private void collect(
      Guest guest, long pointers, List<byte[]> strings, long stackLimit) {
    if (pointers == 0) {
      return;
    }
    for (; ; ) {
      long string = guest.getLong(pointers + 8L * strings.size());
      if (string == 0) {
        return;
      }
      byte[] text = guest.string(string, Limits.EXEC_STRING_BYTES_MAX, Errno.E2BIG);
      strings.add(request.count(text, stackLimit));
    }
  }

  // ---- the files

  private long open(Call call, int directoryFd, int flags, byte[] path) {
    return call.attempt(
        Role.VFS,
        VfsProtocol.Call.OPEN_EXEC.encode(call.message(), directoryFd, flags),
        path,
        0);
  }

  private long opened(Call call) {
    long result = call.answer(0);
    if (result >= 0) {
      request.found();
      program.opened(call);
      return go(Phase.HEADER);
    }
    denied |= result == -Errno.EACCES;
    boolean elsewhere =
        result == -Errno.ENOENT || result == -Errno.ENOTDIR || result == -Errno.EACCES;
    if (elsewhere && request.next()) {
      return go(Phase.OPEN);
    }
    throw new Failure(denied ? Errno.EACCES : (int) -Call.forProgram(result));
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
    ElfHeader header = parse(head);
    if (!header.isRiscv()) {
      return foreign(call, header);
    }
    program.header(header);
    return go(Phase.TABLE);
  }

  private static ElfHeader parse(byte[] head) {
    try {
      return ElfHeader.parse(head, head.length);
    } catch (ElfFile.Malformed malformed) {
      throw new Failure(Errno.ENOEXEC);
    }
  }

  private long script(Call call, byte[] head) {
    int bytes = Math.min(head.length, ExecRequest.SCRIPT_LINE_BYTES_MAX);
    request.becomeInterpreter(head, bytes);
    int fd = program.fd;
    program.clear();
    return must(
        Phase.OPEN,
        call.attempt(Role.VFS, VfsProtocol.Call.CLOSE.encode(call.message(), fd)));
  }

  /** A program of another machine: one line on its standard error says what it is. */
  private long foreign(Call call, ElfHeader header) {
    byte[] line =
        ExecRequest.join(
            ExecRequest.bytes("atoll: "),
            request.file,
            ExecRequest.bytes(
                ": " + header.machineName() + " program; this machine is riscv64\n"));
    phase = Phase.REPORTED;
    return call.attempt(
        Role.VFS,
        VfsProtocol.Call.WRITE.encode(call.message(), 2, line.length, -1),
        line,
        0);
  }

  private long table(Call call, ExecFile file, Phase interpreted) {
    ElfHeader header = file.header();
    if (!file.shows(header.tableOffset(), header.tableBytes())) {
      return read(call, file, header.tableOffset(), header.tableBytes());
    }
    byte[] table = file.bytesAt(header.tableOffset());
    try {
      file.elf(ElfFile.parse(header, table, table.length));
    } catch (ElfFile.Malformed malformed) {
      throw new Failure(Errno.ENOEXEC);
    }
    return go(file.elf().interpreterOffset() >= 0 ? interpreted : Phase.PLACE);
  }

  private long openInterpreter(Call call) {
    ElfFile elf = program.elf();
    if (!program.shows(elf.interpreterOffset(), elf.interpreterBytes())) {
      return read(call, program, elf.interpreterOffset(), elf.interpreterBytes());
    }
    byte[] path = program.interpreterPath();
    return must(Phase.INTERPRETER_OPENED, open(call, ExecRequest.AT_FDCWD, 0, path));
  }

  private long interpreterHeader(Call call) {
    if (!interpreter.shows(0, Limits.PAGE_BYTES)) {
      return read(call, interpreter, 0, Limits.PAGE_BYTES);
    }
    ElfHeader header = parse(interpreter.bytesAt(0));
    if (!header.isRiscv()) {
      throw new Failure(Errno.ENOEXEC);
    }
    interpreter.header(header);
    return go(Phase.INTERPRETER_TABLE);
  }

  // ---- the place

  private long place(Call call) {
    program.forgetBytes();
    interpreter.forgetBytes();
    int node = call.process().nextNode;
    if (node == ProcessState.ANY_NODE || node == call.turn().node()) {
      return go(Phase.BEGIN);
    }
    moved = true;
    return beginMove(call);
  }

  /** Saves the program as it will go on there, and sends the first piece: never the only one. */
  private long beginMove(Call call) {
    call.process().timers.leave(call.kernel().nowNanos());
    phase = Phase.BEGIN;
    state = new byte[0];
    state = call.snapshotAt(Wait.MOVED);
    stateSent = 0;
    signalsSeen = call.process().signals.arrivals();
    return sendPiece(call, Math.min(Limits.BUFFER_BYTES_MAX, state.length / 2));
  }

  /**
   * Sends the next piece. PM keeps signals for later once it has taken the first; one that came
   * before that is not in what was saved, and all begins again.
   */
  private long move(Call call) {
    if (signalsSeen != call.process().signals.arrivals()) {
      return beginMove(call);
    }
    return sendPiece(call, Math.min(Limits.BUFFER_BYTES_MAX, state.length - stateSent));
  }

  private long sendPiece(Call call, int bytes) {
    byte[] piece = Arrays.copyOfRange(state, stateSent, stateSent + bytes);
    int node = call.process().nextNode;
    PmProtocol.Call.MOVE.encode(call.message(), node, state.length, stateSent);
    long later = must(Phase.MOVE, call.attempt(Role.PM, call.message(), piece, 0));
    stateSent += bytes;
    if (stateSent == state.length) {
      phase = Phase.BEGIN;
      state = new byte[0];
      call.await(Wait.MOVED, call.waitingFor());
    }
    return later;
  }

  // ---- the new space

  private long beginSpace(Call call) {
    ProcessState process = call.process();
    plan.files(program, interpreter, process.limits.soft(ResourceLimits.STACK));
    byte[] random = new byte[StackImage.RANDOM_BYTES];
    call.kernel().random(random, 0, random.length);
    Credentials now = process.credentials;
    int[] ids = {
      now.user(),
      setUser(process) == -1 ? now.effectiveUser() : setUser(process),
      now.group(),
      setGroup(process) == -1 ? now.effectiveGroup() : setGroup(process)
    };
    plan.stack(program, request, ids, random);
    begun = true;
    return must(
        Phase.BUILD,
        call.attempt(Role.VM, VmProtocol.Call.EXEC_BEGIN.encode(call.message())));
  }

  private int setUser(ProcessState process) {
    return !process.noNewPrivileges && (program.mode & S_ISUID) != 0 ? program.user : -1;
  }

  private int setGroup(ProcessState process) {
    boolean set = (program.mode & S_ISGID_AND_EXECUTABLE) == S_ISGID_AND_EXECUTABLE;
    return !process.noNewPrivileges && set ? program.group : -1;
  }

  // ---- the new program

  private long tellProcessManager(Call call) {
    ProcessState process = call.process();
    PmProtocol.Call.EXECED.encode(call.message(), setUser(process), setGroup(process));
    return must(
        Phase.IDENTITY, call.attempt(Role.PM, call.message(), request.name(), 0));
  }

  private long become(Call call) {
    ProcessState process = call.process();
    int user = (int) call.answer(1);
    int group = (int) call.answer(2);
    process.credentials.users(-1, user, user);
    process.credentials.groups(-1, group, group);
    process.signals.reset();
    process.timers.deleteCreated(call.kernel());
    process.name = new String(request.name(), StandardCharsets.ISO_8859_1);
    process.nextNode = ProcessState.ANY_NODE;
    process.robustList = 0;
    process.clearTid = 0;
    Machine machine = call.guest().machine();
    machine.reset();
    machine.pc(plan.entry());
    machine.x(2, plan.stackPointer());
    return go(Phase.LIMITS);
  }

  private long tellLimits(Call call) {
    if (moved && limitsTold < MEMORY_LIMITS.length) {
      int resource = MEMORY_LIMITS[limitsTold++];
      long bytes = call.process().limits.soft(resource);
      return must(
          Phase.LIMITS,
          call.attempt(
              Role.VM, VmProtocol.Call.LIMIT.encode(call.message(), resource, bytes)));
    }
    return finish(call, Call.DONE);
  }

  // ---- the end

  private long failed(Call call, int errno) {
    if (phase.compareTo(Phase.COMMITTED) >= 0 && phase.compareTo(Phase.LIMITS) <= 0) {
      phase = Phase.IDLE;
      return Call.FATAL;
    }
    failure = -errno;
    phase = Phase.CLEAN;
    return clean(call);
  }

  /** Gives back what a failed exec holds, one thing at a time. */
  private long clean(Call call) {
    if (begun) {
      begun = false;
      return call.attempt(Role.VM, VmProtocol.Call.EXEC_ABORT.encode(call.message()));
    }
    ExecFile open = interpreter.fd != ExecFile.CLOSED ? interpreter : program;
    if (open.fd != ExecFile.CLOSED) {
      int fd = open.fd;
      open.fd = ExecFile.CLOSED;
      return call.attempt(Role.VFS, VfsProtocol.Call.CLOSE.encode(call.message(), fd));
    }
    return finish(call, failure);
  }

  private long finish(Call call, long result) {
    ProcessState process = call.process();
    start(Phase.IDLE);
    request.clear();
    if (process.firstExec == 0) {
      return result;
    }
    call.turn().reply(process.firstExec, result == Call.DONE ? 0 : result);
    process.firstExec = 0;
    if (result == Call.DONE) {
      return Call.DONE;
    }
    call.waitsFor(Wait.OVER);
    return Call.LATER;
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION).writeByte(phase.ordinal());
    if (phase == Phase.IDLE) {
      return;
    }
    request.save(out);
    program.save(out);
    interpreter.save(out);
    plan.save(out);
    for (long address : addresses) {
      out.writeLong(address);
    }
    out.writeBytes(directory).writeByte(reading).writeBoolean(mustSucceed);
    out.writeBoolean(denied).writeBoolean(begun).writeBoolean(moved);
    out.writeInt(limitsTold).writeLong(failure);
    out.writeBytes(state).writeInt(stateSent).writeLong(signalsSeen);
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    start(Phase.values()[in.readByte()]);
    if (phase == Phase.IDLE) {
      return;
    }
    request.load(in);
    program.load(in);
    interpreter.load(in);
    plan.load(in);
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = in.readLong();
    }
    directory = in.readBytes();
    reading = in.readByte();
    mustSucceed = in.readBoolean();
    denied = in.readBoolean();
    begun = in.readBoolean();
    moved = in.readBoolean();
    limitsTold = in.readInt();
    failure = in.readLong();
    state = in.readBytes();
    stateSent = in.readInt();
    signalsSeen = in.readLong();
  }
}
