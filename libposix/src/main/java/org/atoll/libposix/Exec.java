package org.atoll.libposix;

import java.nio.charset.StandardCharsets;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Machine;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libposix.elf.StackImage;

/**
 * The replacement of a process's program: execve, and the first program of a process.
 *
 * <p>First everything that can fail is done: the request is copied out of the old memory, the files
 * are opened, read and checked, the new address space is built beside the old one. Then, from
 * {@link ExecPhase#COMMITTED} on, there is no old program that could be told of a failure: it kills
 * the process. Before the new space is begun the process may move to another node: it has no memory
 * to carry then.
 */
final class Exec implements SystemCall.Body {

  private static final byte[] NOWHERE = {};

  private static final int STATE_VERSION = 1;

  /** A phase's result: the next one begins at once. */
  private static final long NEXT = Long.MIN_VALUE + 2;

  /** Limits that VM has to be told on another node. */
  private static final int[] MEMORY_LIMITS = {
    ResourceLimits.DATA, ResourceLimits.STACK, ResourceLimits.AS
  };

  private final ExecRequest request = new ExecRequest();
  private final ExecFiles files = new ExecFiles(request);
  private final ExecFile program = files.program();
  private final ExecFile interpreter = files.interpreter();
  private final ExecMove move = new ExecMove();
  private final ExecPlan plan = new ExecPlan();

  private ExecPhase phase = ExecPhase.IDLE;

  /** Addresses of path (0: {@link #request} has it), arguments and environment. */
  private final long[] addresses = new long[3];

  /** Where the first program begins; empty: where it is. */
  private byte[] directory = NOWHERE;

  /** Whether an error in the next answer ends the exec. */
  private boolean mustSucceed;

  private boolean begun;
  private boolean moved;

  /** Whether PM has yet to learn that SIGCHLD is handled otherwise now. */
  private boolean policyChanged;

  private int limitsTold;

  private long failure;

  /** Whether an exec is under way. */
  boolean running() {
    return phase != ExecPhase.IDLE;
  }

  /** Begins an execve of the process itself. */
  long begin(Call call, int directoryFd, int openFlags, long path, long argv, long envp) {
    if (running()) {
      // Another thread's; if it succeeds, this one is no more.
      return call.signalled() ? Interruption.AGAIN : call.untilEvent();
    }
    call.process().execHart = call.thread().hart;
    start(ExecPhase.REQUEST);
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
    call.process().execHart = call.thread().hart;
    start(directory.length == 0 ? ExecPhase.FILES : ExecPhase.DIRECTORY);
    return true;
  }

  private void start(ExecPhase first) {
    phase = first;
    files.clear();
    move.clear();
    plan.clear();
    mustSucceed = false;
    begun = false;
    moved = false;
    policyChanged = false;
    limitsTold = 0;
    failure = 0;
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
    } catch (LateFailure late) {
      return ruined(call);
    } catch (Failure f) {
      return failed(call, f.errno);
    }
  }

  private void check(Call call) {
    if (mustSucceed) {
      mustSucceed = false;
      ExecFiles.checkAnswer(call);
    }
  }

  private long phase(Call call) {
    return switch (phase) {
      case REQUEST -> {
        request.collect(call, addresses[0], addresses[1], addresses[2]);
        yield go(ExecPhase.FILES);
      }
      case DIRECTORY ->
          must(
              ExecPhase.FILES,
              call.attempt(Role.VFS, VfsProtocol.Call.CHDIR.encode(call.message()), directory, 0));
      case FILES -> {
        directory = NOWHERE;
        long later = files.run(call);
        yield files.ready() ? go(ExecPhase.PLACE) : later;
      }
      case PLACE -> place(call);
      case MOVE -> move(call);
      case BEGIN -> beginSpace(call);
      case BUILD -> plan.done() ? commit(call) : must(ExecPhase.BUILD, plan.ask(call));
      case COMMIT ->
          must(
              ExecPhase.COMMITTED,
              call.attempt(
                  Role.VM, VmProtocol.Call.EXEC_COMMIT.encode(call.message(), plan.breakStart())));
      case COMMITTED -> tellProcessManager(call);
      case IDENTITY -> become(call);
      case REST -> tellRest(call);
      case CLEAN -> clean(call);
      case IDLE -> throw new IllegalStateException("no exec under way");
    };
  }

  private long go(ExecPhase next) {
    phase = next;
    return NEXT;
  }

  private long must(ExecPhase next, long later) {
    phase = next;
    mustSucceed = true;
    return later;
  }

  // ---- the place

  private long place(Call call) {
    int node = call.process().nextNode;
    boolean moves = node != ProcessState.ANY_NODE && node != call.turn().node();
    if (moves && !call.threads().alone()) {
      return untilAlone(call);
    }
    program.forgetBytes();
    interpreter.forgetBytes();
    if (!moves) {
      return go(ExecPhase.BEGIN);
    }
    moved = true;
    call.process().inbox.close(call.turn());
    return move(call);
  }

  /** Sends the next piece; the program that is sent goes on with {@link ExecPhase#BEGIN}. */
  private long move(Call call) {
    phase = ExecPhase.BEGIN;
    long later = move.send(call);
    return must(move.allSent() ? ExecPhase.BEGIN : ExecPhase.MOVE, later);
  }

  /** Ends the other threads, which have no part in the new program. */
  private static long untilAlone(Call call) {
    call.threads().endOthers();
    return call.untilEvent();
  }

  private long commit(Call call) {
    return call.threads().alone() ? go(ExecPhase.COMMIT) : untilAlone(call);
  }

  // ---- the new space

  private long beginSpace(Call call) {
    ProcessState process = call.process();
    plan.files(program, interpreter, process.limits.soft(ResourceLimits.STACK));
    byte[] random = new byte[StackImage.RANDOM_BYTES];
    call.kernel().random(random, 0, random.length);
    plan.stack(program, request, new ExecIds(program, process).all(), random);
    begun = true;
    return must(
        ExecPhase.BUILD, call.attempt(Role.VM, VmProtocol.Call.EXEC_BEGIN.encode(call.message())));
  }

  // ---- the new program

  private long tellProcessManager(Call call) {
    ExecIds ids = new ExecIds(program, call.process());
    byte[] name = request.name();
    byte[] line = request.commandLine();
    PmProtocol.Call.EXECED.encode(
        call.message(), ids.user(), ids.group(), program.fd, name.length, line.length);
    byte[] texts = ExecRequest.join(name, line, request.environmentText());
    return must(ExecPhase.IDENTITY, call.attempt(Role.PM, call.message(), texts, 0));
  }

  private long become(Call call) {
    ProcessState process = call.process();
    int user = (int) call.answer(1);
    int group = (int) call.answer(2);
    process.credentials.users(-1, user, user);
    process.credentials.groups(-1, group, group);
    int policy = SignalCalls.childPolicy(process.signals);
    process.signals.reset();
    policyChanged = policy != SignalCalls.childPolicy(process.signals);
    process.timers.deleteCreated(call.kernel());
    process.inbox.close(call.turn());
    process.inbox.open();
    String name = new String(request.name(), StandardCharsets.ISO_8859_1);
    call.thread().becomeProgram(process.pid, name);
    process.nextNode = ProcessState.ANY_NODE;
    process.personality &= SystemInfo.PERSONALITY_FLAGS;
    Machine machine = call.guest().machine();
    machine.reset();
    machine.pc(plan.entry());
    machine.x(2, plan.stackPointer());
    return go(ExecPhase.REST);
  }

  private long tellRest(Call call) {
    if (moved && limitsTold < MEMORY_LIMITS.length) {
      int resource = MEMORY_LIMITS[limitsTold++];
      long bytes = call.process().limits.soft(resource);
      return must(
          ExecPhase.REST,
          call.attempt(
              Role.VM,
              VmProtocol.Call.LIMIT.encode(call.message(), resource, bytes, Endpoint.NONE)));
    }
    if (policyChanged) {
      policyChanged = false;
      int policy = SignalCalls.childPolicy(call.process().signals);
      return must(
          ExecPhase.REST,
          call.attempt(Role.PM, PmProtocol.Call.CHILD_POLICY.encode(call.message(), policy)));
    }
    return finish(call, Call.DONE);
  }

  // ---- the end

  private long failed(Call call, int errno) {
    if (phase.compareTo(ExecPhase.COMMITTED) >= 0 && phase.compareTo(ExecPhase.REST) <= 0) {
      phase = ExecPhase.IDLE;
      return Call.FATAL;
    }
    failure = -errno;
    phase = ExecPhase.CLEAN;
    return clean(call);
  }

  /** Linux has no old program to go back to here; whoever had none yet is told. */
  private long ruined(Call call) {
    if (call.process().firstExec != 0) {
      return failed(call, Errno.ENOEXEC);
    }
    failure = Call.EXIT;
    phase = ExecPhase.CLEAN;
    return clean(call);
  }

  /** Gives back what a failed exec holds, one thing at a time. */
  private long clean(Call call) {
    if (begun) {
      begun = false;
      return call.attempt(Role.VM, VmProtocol.Call.EXEC_ABORT.encode(call.message()));
    }
    return files.areOpen() ? files.closeOne(call) : finish(call, failure);
  }

  /** What a failure is about, for who asked for the first program. */
  private int why() {
    if (directory.length > 0) {
      return ExecImage.WORKING_DIRECTORY;
    }
    return files.said() ? ExecImage.SAID : ExecImage.PROGRAM;
  }

  private long finish(Call call, long result) {
    ProcessState process = call.process();
    int why = why();
    start(ExecPhase.IDLE);
    request.clear();
    process.execHart = ProcessState.NOBODY;
    call.threads().disturbExecs();
    if (process.firstExec == 0) {
      process.exitStatus = result == Call.EXIT ? Signals.SIGSEGV : 0;
      return result;
    }
    call.turn().reply(process.firstExec, result == Call.DONE ? 0 : result, why);
    process.firstExec = 0;
    if (result == Call.DONE) {
      return Call.DONE;
    }
    call.waitsFor(Wait.OVER);
    return Call.LATER;
  }

  void save(StateWriter out) {
    out.version(STATE_VERSION).writeString(phase.name());
    if (phase == ExecPhase.IDLE) {
      return;
    }
    request.save(out);
    files.save(out);
    move.save(out);
    plan.save(out);
    for (long address : addresses) {
      out.writeLong(address);
    }
    out.writeBytes(directory).writeBoolean(mustSucceed);
    out.writeBoolean(begun).writeBoolean(moved).writeBoolean(policyChanged);
    out.writeInt(limitsTold).writeLong(failure);
  }

  void load(StateReader in) {
    in.version(STATE_VERSION);
    start(ExecPhase.valueOf(in.readString()));
    if (phase == ExecPhase.IDLE) {
      return;
    }
    request.load(in);
    files.load(in);
    move.load(in);
    plan.load(in);
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = in.readLong();
    }
    directory = in.readBytes();
    mustSucceed = in.readBoolean();
    begun = in.readBoolean();
    moved = in.readBoolean();
    policyChanged = in.readBoolean();
    limitsTold = in.readInt();
    failure = in.readLong();
  }
}
