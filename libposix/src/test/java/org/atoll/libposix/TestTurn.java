package org.atoll.libposix;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Machine;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;

/** The kernel as a process under test sees it: calls are kept until the test answers them. */
final class TestTurn implements Turn {

  static final int SELF = 77;

  private static final List<Role> ROLES = List.of(Role.values());

  /** A call that waits for its answer. */
  static final class Sent {
    final long id;
    final int to;
    final Message m = new Message();
    byte[] in = new byte[0];
    int outBytes;
    long outAddress = -1;
    boolean cancelled;

    Sent(long id, int to, Message m) {
      this.id = id;
      this.to = to;
      this.m.copyFrom(m);
    }

    Role role() {
      return ROLES.get(to);
    }
  }

  final TestMachine machine = new TestMachine(this::callWithMemory);
  final List<Sent> sent = new ArrayList<>();
  final List<Sent> told = new ArrayList<>();
  final TreeMap<Long, Long> alarms = new TreeMap<>();
  final List<Long> replies = new ArrayList<>();

  /** The requests that {@link #replies} answered. */
  final List<Long> answered = new ArrayList<>();

  final List<Integer> notified = new ArrayList<>();

  /** What is filled of the request's out-buffer of 16 bytes. */
  final byte[] out = new byte[16];

  byte[] request = new byte[0];
  byte[] answerBytes = new byte[0];
  long now = 1_000_000_000;
  long wall = 1_700_000_000_000_000_000L;
  long cpu = 5_000_000;
  int node;
  private long ids = 1;
  private final Message scratch = new Message();
  private final KernelCalls kernel = new TestKernelCalls(this);

  @Override
  public int self() {
    return SELF;
  }

  @Override
  public int node() {
    return node;
  }

  @Override
  public int role(Role role) {
    return ROLES.indexOf(role);
  }

  @Override
  public int send(int destination, Message m) {
    told.add(new Sent(0, destination, m));
    return 0;
  }

  @Override
  public int notify(int destination) {
    notified.add(destination);
    return destination == SELF ? 0 : -Errno.EDEADSRCDST;
  }

  @Override
  public long call(int destination, Message m) {
    return callWithBytes(destination, m, new byte[0], 0, 0);
  }

  @Override
  public long callWithBytes(int destination, Message m, byte[] in, int inBytes, int outBytes) {
    Sent call = new Sent(ids++, destination, m);
    call.in = java.util.Arrays.copyOf(in, inBytes);
    call.outBytes = outBytes;
    sent.add(call);
    return call.id;
  }

  private long callWithMemory(int to, Message m, long in, int inBytes, long out, int outBytes) {
    if (machine.readable(in, inBytes) < inBytes || machine.writable(out, outBytes) < outBytes) {
      return -Errno.EFAULT;
    }
    byte[] bytes = inBytes == 0 ? new byte[0] : machine.peek(in, inBytes);
    long id = callWithBytes(to, m, bytes, inBytes, outBytes);
    sent.getLast().outAddress = out;
    return id;
  }

  @Override
  public long callLending(
      int destination, Message m, long request, int in, int inBytes, int out, int outBytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long callWithFrame(int destination, Message m, int frame, int offset, int bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int answerBytes(int offset, byte[] target, int targetOffset, int bytes) {
    int count = Math.min(bytes, answerBytes.length - offset);
    System.arraycopy(answerBytes, offset, target, targetOffset, count);
    return count;
  }

  @Override
  public void cancel(long call) {
    sent.stream().filter(s -> s.id == call).forEach(s -> s.cancelled = true);
  }

  @Override
  public void reply(long request, Message answer) {
    answered.add(request);
    replies.add(answer.w0);
  }

  @Override
  public void reply(long request, long result) {
    answered.add(request);
    replies.add(result);
  }

  @Override
  public void reply(long request, long result, long w1) {
    answered.add(request);
    replies.add(result);
  }

  @Override
  public void reply(long request, long result, long w1, long w2) {
    answered.add(request);
    replies.add(result);
  }

  @Override
  public Message scratch() {
    return scratch;
  }

  @Override
  public KernelCalls kernel() {
    return kernel;
  }

  Machine machine() {
    return machine;
  }
}
