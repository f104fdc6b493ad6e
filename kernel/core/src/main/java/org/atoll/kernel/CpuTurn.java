package org.atoll.kernel;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.Protocols;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * The turn that a CPU is giving to a task; what is sent waits in the outbox until {@link #commit}.
 * Owner: one CPU. Hot side.
 */
final class CpuTurn implements Turn {

  /** How much is copied in the time of an instruction; measured, see ADR 13. */
  private static final int BYTES_PER_INSTRUCTION = 128;

  private final Node node;
  private final Cpu cpu;
  private final Outbox outbox = new Outbox();
  private final Message scratch = new Message();
  private final Message result = new Message();
  private final TurnKernelCalls kernelCalls;
  private final StackTurn stack;

  /** Whose turns these are when they may go on for long. */
  private final @Nullable LongTurns longTurns;

  private @Nullable Task task;
  private @Nullable CallRecord answer;

  /** The request that this turn is about, and its call. */
  private long request;

  private @Nullable CallRecord served;

  private int sends;

  /** Bytes that this turn has copied. */
  private int copied;

  /** The turns of all tasks whose turns are short. */
  CpuTurn(Node node, Cpu cpu) {
    this(node, cpu, null);
  }

  CpuTurn(Node node, Cpu cpu, @Nullable LongTurns longTurns) {
    this.node = node;
    this.cpu = cpu;
    this.longTurns = longTurns;
    this.kernelCalls = new TurnKernelCalls(node, this);
    this.stack = new StackTurn(node, this);
  }

  /** The CPU that gives the turn. */
  Cpu cpu() {
    return cpu;
  }

  /** As {@link KernelCalls#passed}. */
  int passed(int work) {
    return longTurns == null ? KernelCalls.WENT_ON : longTurns.passed(work);
  }

  /** What a task with a stack may do more. */
  StackTurn stack() {
    return stack;
  }

  /** Begins a task's turn. */
  void begin(Task of) {
    task = of;
    served = null;
    sends = 0;
    ProcessMachine process = of.process;
    if (process != null) {
      process.turn(this);
    }
  }

  /** Names the answer that this turn is about. */
  void about(CallRecord answered) {
    answer = answered;
  }

  /** Names the request that this turn is about. */
  void serves(long token, CallRecord call) {
    request = token;
    served = call;
  }

  /**
   * The call that a request names, if this task was to answer it; or null. Mostly it is the one
   * that the turn is about, whose record nobody uses for another call before the turn is over.
   */
  @Nullable CallRecord served(long token) {
    CallRecord current = served;
    return current != null && token == request ? current : node.served(task().endpoint, token);
  }

  /** The same, if it still waits for its answer. */
  @Nullable CallRecord serving(long token) {
    CallRecord call = served(token);
    return call != null && call.waiting((int) token) ? call : null;
  }

  /** The node that the turn is on. */
  Node here() {
    return node;
  }

  /** Bytes were copied. */
  void copied(int bytes) {
    copied += Math.max(0, bytes);
  }

  /** What copying counts as, in instructions; none from now on. */
  int takeCopied() {
    int cost = copied / BYTES_PER_INSTRUCTION;
    copied = 0;
    return cost;
  }

  /** The task whose turn it is. */
  Task task() {
    Task current = task;
    if (current == null) {
      throw new IllegalStateException("no turn is under way");
    }
    return current;
  }

  /** Sends what waits, in order. */
  void commit() {
    Task from = task();
    int size = outbox.size();
    for (int i = 0; i < size; ) {
      Outbox.Entry entry = outbox.at(i);
      if (entry.kind == Outbox.SEND) {
        i = node.post.send(cpu, from.endpoint, outbox, i);
      } else {
        commit(from, entry);
        i++;
      }
    }
    outbox.clear();
    answer = null;
    Kept kept = from.kept;
    if (kept != null) {
      kept.commit();
    }
  }

  private void commit(Task from, Outbox.Entry entry) {
    Post post = node.post;
    switch (entry.kind) {
      case Outbox.NOTIFY -> post.notify(cpu, from.endpoint, entry.destination);
      case Outbox.CALL -> post.call(cpu, callOf(entry), entry.destination);
      case Outbox.CANCEL -> post.cancel(cpu, callOf(entry), entry.sequence);
      default -> post.reply(cpu, from.endpoint, callOf(entry), entry.sequence);
    }
  }

  private static CallRecord callOf(Outbox.Entry entry) {
    CallRecord call = entry.call;
    if (call == null) {
      throw new IllegalStateException("an outbox entry without its call");
    }
    entry.call = null;
    return call;
  }

  /** Sends and keeps nothing of what waits. */
  void abandon() {
    outbox.clear();
    answer = null;
    Kept kept = task().kept;
    if (kept != null) {
      kept.abandon();
    }
  }

  @Override
  public int self() {
    return task().endpoint;
  }

  @Override
  public int node() {
    return node.number();
  }

  @Override
  public int role(Role role) {
    return node.role(role);
  }

  /** 0, or why this task may not send there, or no more in this turn: a negated errno. */
  int refusal(int destination, int type) {
    if (!node.roles().maySend(task().privileges, destination, type)) {
      return -Errno.ECALLDENIED;
    }
    return sends == Limits.SENDS_PER_TURN_MAX ? -Errno.ENOBUFS : 0;
  }

  private Outbox.Entry add(int kind, int destination) {
    sends++;
    Outbox.Entry entry = outbox.add(kind);
    entry.destination = destination;
    return entry;
  }

  @Override
  public int send(int destination, Message m) {
    int refusal = refusal(destination, m.type);
    if (refusal == 0) {
      refusal = node.post.refusal(cpu, task().endpoint, destination);
    }
    if (refusal == 0) {
      add(Outbox.SEND, destination).message.copyFrom(m);
    }
    return refusal;
  }

  @Override
  public int notify(int destination) {
    int refusal = refusal(destination, Protocols.FIRST_OWN);
    if (refusal == 0 && !node.post.reachable(cpu, destination)) {
      refusal = -Errno.EDEADSRCDST;
    }
    if (refusal == 0) {
      add(Outbox.NOTIFY, destination);
    }
    return refusal;
  }

  @Override
  public long call(int destination, Message m) {
    int refusal = refusal(destination, m.type);
    if (refusal != 0) {
      return refusal;
    }
    CallRecord call = task().calls.begin();
    return call == null ? -Errno.ENOBUFS : put(call, destination, m);
  }

  private long put(CallRecord call, int destination, Message m) {
    Outbox.Entry entry = add(Outbox.CALL, destination);
    entry.call = call;
    call.question.copyFrom(m);
    return call.sequence();
  }

  private static boolean tooLong(int bytes) {
    return bytes < 0 || bytes > Limits.BUFFER_BYTES_MAX;
  }

  @Override
  public long callWithBytes(int destination, Message m, byte[] in, int inBytes, int outBytes) {
    int refusal = refusal(destination, m.type);
    if (refusal == 0 && (tooLong(inBytes) || tooLong(outBytes) || inBytes > in.length)) {
      refusal = -Errno.EINVAL;
    }
    if (refusal != 0) {
      return refusal;
    }
    CallRecord call = task().calls.begin();
    if (call == null) {
      return -Errno.ENOBUFS;
    }
    System.arraycopy(in, 0, call.in.stage(inBytes), 0, inBytes);
    call.out.stageLater(outBytes);
    return put(call, destination, m);
  }

  @Override
  public long callLending(
      int destination,
      Message m,
      long request,
      int inOffset,
      int inBytes,
      int outOffset,
      int outBytes) {
    int refusal = refusal(destination, m.type);
    if (refusal != 0) {
      return refusal;
    }
    CallRecord lender = serving(request);
    if (lender == null
        || outside(inOffset, inBytes, lender.in.length())
        || outside(outOffset, outBytes, lender.out.length())) {
      return -Errno.EINVAL;
    }
    CallRecord call = task().calls.begin();
    if (call == null) {
      return -Errno.ENOBUFS;
    }
    call.in.lend(lender, lender.in, inOffset, inBytes);
    call.out.lend(lender, lender.out, outOffset, outBytes);
    return put(call, destination, m);
  }

  private static boolean outside(int offset, int bytes, int length) {
    return bytes != 0 && (offset < 0 || bytes < 0 || offset > length - bytes);
  }

  @Override
  public long callWithFrame(int destination, Message m, int frame, int offset, int bytes) {
    int refusal = refusal(destination, m.type);
    if (refusal == 0 && (task().privileges.calls() & Privileges.FRAMES) == 0) {
      refusal = -Errno.EPERM;
    }
    if (refusal == 0 && (!node.frameInUse(frame) || outside(offset, bytes, Frames.FRAME_BYTES))) {
      refusal = -Errno.EINVAL;
    }
    if (refusal != 0) {
      return refusal;
    }
    CallRecord call = task().calls.begin();
    if (call == null) {
      return -Errno.ENOBUFS;
    }
    call.out.frame(frame, offset, bytes);
    return put(call, destination, m);
  }

  /** Begins a call whose buffers lie in a process's memory; see {@link ProcessMachine#call}. */
  long callWithMemory(
      int destination,
      Message m,
      AddressSpace space,
      long inAddress,
      int inBytes,
      long outAddress,
      int outBytes) {
    int refusal = refusal(destination, m.type);
    if (refusal == 0 && (tooLong(inBytes) || tooLong(outBytes))) {
      refusal = -Errno.EINVAL;
    }
    if (refusal == 0
        && (space.readable(inAddress, inBytes) < inBytes
            || space.writable(outAddress, outBytes) < outBytes)) {
      refusal = -Errno.EFAULT;
    }
    if (refusal != 0) {
      return refusal;
    }
    CallRecord call = task().calls.begin();
    if (call == null) {
      return -Errno.ENOBUFS;
    }
    call.in.lie(space, inAddress, inBytes);
    call.out.lie(space, outAddress, outBytes);
    return put(call, destination, m);
  }

  @Override
  public int answerBytes(int offset, byte[] target, int targetOffset, int bytes) {
    CallRecord answered = answer;
    if (answered == null || offset < 0 || bytes < 0) {
      return 0;
    }
    int there = Math.min(bytes, answered.out.high() - offset);
    return there <= 0 ? 0 : answered.out.read(offset, target, targetOffset, there);
  }

  @Override
  public void cancel(long call) {
    CallRecord record = task().calls.find((int) call);
    if (record != null && record.unanswered((int) call)) {
      Outbox.Entry entry = outbox.add(Outbox.CANCEL);
      entry.call = record;
      entry.sequence = (int) call;
    }
  }

  @Override
  public void reply(long request, Message answer) {
    CallRecord call = serving(request);
    if (call != null && !call.answering) {
      call.answering = true;
      call.answer.copyFrom(answer);
      Outbox.Entry entry = outbox.add(Outbox.REPLY);
      entry.call = call;
      entry.sequence = (int) request;
    }
  }

  @Override
  public void reply(long request, long w0) {
    reply(request, result.set(0, w0, 0, 0, 0, 0, 0, 0));
  }

  @Override
  public void reply(long request, long w0, long w1) {
    reply(request, result.set(0, w0, w1, 0, 0, 0, 0, 0));
  }

  @Override
  public void reply(long request, long w0, long w1, long w2) {
    reply(request, result.set(0, w0, w1, w2, 0, 0, 0, 0));
  }

  @Override
  public Message scratch() {
    return scratch;
  }

  @Override
  public KernelCalls kernel() {
    return kernelCalls;
  }
}
