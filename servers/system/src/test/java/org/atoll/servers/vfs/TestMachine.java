package org.atoll.servers.vfs;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * A machine of one node for tests of servers together: passes messages in order, one turn after the
 * other. Before every turn the server is replaced by {@code load(save())} of a fresh one.
 */
final class TestMachine {

  /** A call under way: its buffers, and the answer. */
  static final class Asked {
    final int caller;
    final int callee;
    final long request;
    final byte[] in;
    final byte[] out;
    int written;
    final @Nullable Asked lender;
    final int lendIn;
    final int lendOut;
    final int inBytes;
    final int outBytes;
    @Nullable Message answer;

    Asked(int caller, int callee, long request, byte[] in, int outBytes) {
      this(caller, callee, request, in, in.length, new byte[outBytes], outBytes, null, 0, 0);
    }

    Asked(
        int caller,
        int callee,
        long request,
        byte[] in,
        int inBytes,
        byte[] out,
        int outBytes,
        @Nullable Asked lender,
        int lendIn,
        int lendOut) {
      this.caller = caller;
      this.callee = callee;
      this.request = request;
      this.in = in;
      this.out = out;
      this.inBytes = inBytes;
      this.outBytes = outBytes;
      this.lender = lender;
      this.lendIn = lendIn;
      this.lendOut = lendOut;
    }

    long word(int index) {
      if (answer == null) {
        throw new AssertionError("not answered yet");
      }
      return answer.word(index);
    }
  }

  private final Map<Integer, Handler> tasks = new HashMap<>();
  private final Map<Integer, Supplier<Handler>> makers = new HashMap<>();
  private final Map<Role, Integer> roles = new HashMap<>();
  private final Map<Long, Asked> asked = new HashMap<>();
  private final ArrayDeque<Runnable> events = new ArrayDeque<>();
  private final Map<Integer, byte[]> frames = new TreeMap<>();
  private final Map<Integer, Integer> references = new HashMap<>();
  private final TreeMap<Long, long[]> alarms = new TreeMap<>();
  private long nextId = 1;
  private int nextFrame = 7;
  int framesTotal = 100_000;
  long nowNanos;
  boolean swaps = true;

  /** Calls that servers may still begin. */
  int callsLeft = Integer.MAX_VALUE;

  long turns;

  // ---- what tests do

  void start(int endpoint, Supplier<Handler> maker) {
    makers.put(endpoint, maker);
    tasks.put(endpoint, maker.get());
  }

  void serve(Role role, int endpoint) {
    roles.put(role, endpoint);
  }

  Handler task(int endpoint) {
    return tasks.get(endpoint);
  }

  int frameCount() {
    return frames.size();
  }

  byte[] frame(int frame) {
    return frames.get(frame);
  }

  void releaseFrame(int frame) {
    if (references.merge(frame, -1, Integer::sum) == 0) {
      references.remove(frame);
      frames.remove(frame);
    }
  }

  /** Makes a call as a task that is not here; runs nothing yet. */
  Asked ask(int caller, int callee, Message m, byte[] in, int outBytes) {
    long request = (long) caller << 32 | nextId++;
    Asked call = new Asked(caller, callee, request, in, outBytes);
    deliver(call, m);
    return call;
  }

  /** Sends one-way as a task that is not here; runs nothing yet. */
  void tell(int sender, int receiver, Message m) {
    m.source = sender;
    events.add(() -> turn(receiver, (task, turn) -> task.message(turn, m)));
  }

  void cancel(Asked call) {
    events.add(() -> {
      if (call.answer == null) {
        turn(call.callee, (task, turn) -> task.cancelled(turn, call.request));
      }
    });
  }

  /** Runs until nothing is left to do. */
  void run() {
    while (!events.isEmpty()) {
      events.removeFirst().run();
    }
  }

  /** Runs one event. */
  boolean step() {
    if (events.isEmpty()) {
      return false;
    }
    events.removeFirst().run();
    return true;
  }

  /** Lets time pass; alarms go off in order. */
  void pass(long nanos) {
    long end = nowNanos + nanos;
    run();
    while (true) {
      long[] next = null;
      for (long[] alarm : alarms.values()) {
        if (alarm[1] <= end && (next == null || alarm[1] < next[1])) {
          next = alarm;
        }
      }
      if (next == null) {
        break;
      }
      long tag = next[0];
      int owner = (int) next[2];
      nowNanos = Math.max(nowNanos, next[1]);
      alarms.remove(tag);
      turn(owner, (task, turn) -> task.alarm(turn, tag));
      run();
    }
    nowNanos = end;
  }

  // ---- turns

  private interface Event {
    void run(Handler task, Turn turn);
  }

  private void turn(int endpoint, Event event) {
    Handler task = tasks.get(endpoint);
    if (swaps) {
      byte[] state = stateOf(task);
      Handler fresh = makers.get(endpoint).get();
      StateReader in = new StateReader(state);
      fresh.load(in);
      if (!in.atEnd() || !Arrays.equals(state, stateOf(fresh))) {
        throw new AssertionError("load(save()) is not the same state");
      }
      tasks.put(endpoint, fresh);
      task = fresh;
    }
    turns++;
    event.run(task, new TestTurn(endpoint, null));
  }

  private static byte[] stateOf(Handler task) {
    StateWriter out = new StateWriter();
    task.save(out);
    return out.toBytes();
  }

  private static Message copy(Message m) {
    Message copy = new Message();
    copy.copyFrom(m);
    return copy;
  }

  private void deliver(Asked call, Message m) {
    Message copy = copy(m);
    copy.source = call.caller;
    asked.put(call.request, call);
    if (tasks.get(call.callee) == null) {
      throw new AssertionError("call to nobody: " + call.callee);
    }
    events.add(() -> turn(call.callee, (task, turn) -> task.request(turn, call.request, copy)));
  }

  private final class TestTurn implements Turn {
    private final int self;
    private final @Nullable Asked answered;
    private final Message scratch = new Message();

    TestTurn(int self, @Nullable Asked answered) {
      this.self = self;
      this.answered = answered;
    }

    @Override
    public int self() {
      return self;
    }

    @Override
    public int node() {
      return 0;
    }

    @Override
    public int role(Role role) {
      return roles.getOrDefault(role, Endpoint.NONE);
    }

    @Override
    public int send(int destination, Message m) {
      Message copy = copy(m);
      copy.source = self;
      events.add(() -> turn(destination, (task, turn) -> task.message(turn, copy)));
      return 0;
    }

    @Override
    public int notify(int destination) {
      return 0;
    }

    private long begin(Asked call, Message m) {
      if (callsLeft == 0) {
        return -Errno.ENOBUFS;
      }
      callsLeft--;
      deliver(call, m);
      return call.request;
    }

    private long id() {
      return (long) self << 32 | nextId++;
    }

    @Override
    public long call(int destination, Message m) {
      return begin(new Asked(self, destination, id(), new byte[0], 0), m);
    }

    @Override
    public long callWithBytes(int destination, Message m, byte[] in, int inBytes, int outBytes) {
      byte[] copy = Arrays.copyOf(in, inBytes);
      return begin(new Asked(self, destination, id(), copy, outBytes), m);
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
      Asked lender = asked.get(request);
      if (lender == null || lender.answer != null) {
        throw new AssertionError("lends buffers of a request that is over");
      }
      if (inOffset + inBytes > lender.inBytes || outOffset + outBytes > lender.outBytes) {
        throw new AssertionError("lends more than there is");
      }
      byte[] none = new byte[0];
      return begin(
          new Asked(
              self, destination, id(), none, inBytes, none, outBytes, lender, inOffset, outOffset),
          m);
    }

    @Override
    public long callWithFrame(int destination, Message m, int frame, int offset, int bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int answerBytes(int offset, byte[] target, int targetOffset, int bytes) {
      if (answered == null) {
        throw new AssertionError("not in answered()");
      }
      int there = Math.clamp(answered.written - offset, 0, bytes);
      System.arraycopy(answered.out, offset, target, targetOffset, there);
      return there;
    }

    @Override
    public void cancel(long call) {
      TestMachine.this.cancel(asked.get(call));
    }

    @Override
    public void reply(long request, Message answer) {
      Asked call = asked.get(request);
      if (call == null || call.answer != null) {
        throw new AssertionError("answered twice, or nothing to answer");
      }
      if (call.callee != self) {
        throw new AssertionError("answers somebody else's request");
      }
      Message copy = copy(answer);
      call.answer = copy;
      if (tasks.get(call.caller) != null) {
        events.add(() -> answer(call, copy));
      } else {
        asked.remove(request);
      }
    }

    private void answer(Asked call, Message copy) {
      asked.remove(call.request);
      TestMachine.this.turn(
          call.caller,
          (task, turn) -> task.answered(new TestTurn(call.caller, call), call.request, copy));
    }

    @Override
    public void reply(long request, long result) {
      reply(request, new Message().set(0, result, 0, 0, 0, 0, 0, 0));
    }

    @Override
    public void reply(long request, long result, long w1) {
      reply(request, new Message().set(0, result, w1, 0, 0, 0, 0, 0));
    }

    @Override
    public void reply(long request, long result, long w1, long w2) {
      reply(request, new Message().set(0, result, w1, w2, 0, 0, 0, 0));
    }

    @Override
    public Message scratch() {
      return scratch;
    }

    @Override
    public KernelCalls kernel() {
      return new TestKernel(TestMachine.this, self);
    }
  }

  // ---- kernel calls

  int unanswered() {
    return asked.size();
  }

  Asked open(long request) {
    Asked call = asked.get(request);
    if (call == null || call.answer != null) {
      throw new AssertionError("buffers of a request that is over");
    }
    return call;
  }

  int copyIn(Asked call, int offset, byte[] target, int targetOffset, int bytes) {
    if (offset < 0 || bytes < 0 || offset + bytes > call.inBytes) {
      return -Errno.EFAULT;
    }
    if (call.lender != null) {
      return copyIn(call.lender, call.lendIn + offset, target, targetOffset, bytes);
    }
    System.arraycopy(call.in, offset, target, targetOffset, bytes);
    return bytes;
  }

  int copyOut(Asked call, int offset, byte[] source, int sourceOffset, int bytes) {
    if (offset < 0 || bytes < 0 || offset + bytes > call.outBytes) {
      return -Errno.EFAULT;
    }
    if (call.lender != null) {
      return copyOut(call.lender, call.lendOut + offset, source, sourceOffset, bytes);
    }
    System.arraycopy(source, sourceOffset, call.out, offset, bytes);
    call.written = Math.max(call.written, offset + bytes);
    return bytes;
  }

  int allocate() {
    if (frames.size() >= framesTotal) {
      return -Errno.ENOMEM;
    }
    frames.put(nextFrame, new byte[4096]);
    references.put(nextFrame, 1);
    return nextFrame++;
  }

  void retain(int frame) {
    references.merge(frame, 1, Integer::sum);
  }

  void alarm(int owner, long tag, long delayNanos) {
    alarms.put(tag, new long[] {tag, nowNanos + delayNanos, owner});
  }

  void noAlarm(long tag) {
    alarms.remove(tag);
  }

  int alarmCount() {
    return alarms.size();
  }
}
