package org.atoll.libsys.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Drives one server: gives it events, records what it sends, answers its calls. Before every event
 * the server is replaced by {@code load(save())} of a fresh one, so that each test also shows that
 * no state is kept elsewhere.
 */
public final class TurnRecorder implements Turn {

  private final Supplier<Handler> maker;
  private final int self;
  private final Map<Role, Integer> roles = new EnumMap<>(Role.class);
  private final Map<Long, Asked> asked = new TreeMap<>();
  private final List<Sent> sent = new ArrayList<>();
  private final List<Long> cancels = new ArrayList<>();
  private final List<Integer> notified = new ArrayList<>();
  private final Message scratch = new Message();
  private final KernelRecorder kernel = new KernelRecorder(asked);
  private Handler handler;
  private byte[] answerBytes = new byte[0];
  private long nextCall = 1;
  private int nextRequest = 1;
  private int callsLeft = Integer.MAX_VALUE;
  private int sendsLeft = Integer.MAX_VALUE;

  public TurnRecorder(int self, Supplier<Handler> maker) {
    this.self = self;
    this.maker = maker;
    this.handler = maker.get();
  }

  // ---- what a test does

  /** Sets who serves a role. */
  public TurnRecorder serve(Role role, int endpoint) {
    roles.put(role, endpoint);
    return this;
  }

  /** From now on, so many calls find room, those that lend or carry a frame apart. */
  public void callsLeft(int calls) {
    callsLeft = calls;
  }

  /** From now on, so many one-way messages find room. */
  public void sendsLeft(int sends) {
    sendsLeft = sends;
  }

  /** Makes a request without buffers; its id. */
  public long ask(int caller, ProtocolCall call, long... words) {
    return askWith(caller, new byte[0], 0, call, words);
  }

  /** Makes a request with buffers; its id. */
  public long askWith(int caller, byte[] in, int outBytes, ProtocolCall call, long... words) {
    long request = (long) caller << 32 | nextRequest++;
    asked.put(request, new Asked(in, outBytes));
    before().request(this, request, message(caller, call, words));
    return request;
  }

  /** Sends a one-way message to the server. */
  public void tell(int source, ProtocolCall call, long... words) {
    before().message(this, message(source, call, words));
  }

  /** Somebody notifies the server. */
  public void notifyServer(int source) {
    before().notified(this, source);
  }

  /** Cancels a request. */
  public void cancelRequest(long request) {
    before().cancelled(this, request);
  }

  /** An alarm goes off. */
  public void ring(long tag) {
    before().alarm(this, tag);
  }

  /** Answers a call of the server. */
  public void answer(Sent call, long... words) {
    answerWith(call, new byte[0], words);
  }

  /** Answers a call of the server, with bytes for its out-buffer. */
  public void answerWith(Sent call, byte[] bytes, long... words) {
    if (call.call() == 0) {
      throw new AssertionError("a one-way message has no answer");
    }
    if (call.lent() != 0) {
      System.arraycopy(bytes, 0, asked(call.lent()).out, call.outOffset(), bytes.length);
    } else if (call.frame() >= 0) {
      kernel.frameWrite(call.frame(), call.outOffset(), bytes, 0, bytes.length);
    }
    Handler ready = before();
    Message m = new Message();
    for (int i = 0; i < words.length; i++) {
      m.word(i, words[i]);
    }
    m.source = call.destination();
    m.type = call.message().type | Message.ANSWER;
    answerBytes = bytes;
    ready.answered(this, call.call(), m);
  }

  /** Takes the oldest message of this kind that the server sent and no test looked at yet. */
  public Sent expect(ProtocolCall call) {
    for (Sent s : sent) {
      if (s.message().type == call.number()) {
        sent.remove(s);
        return s;
      }
    }
    throw new AssertionError("the server sent no " + call.name() + " but " + sent);
  }

  /** Whether a message of this kind was sent that no test looked at yet. */
  public boolean sentAny(ProtocolCall call) {
    return sent.stream().anyMatch(s -> s.message().type == call.number());
  }

  /** Messages that no test looked at yet. */
  public List<Sent> unseen() {
    return List.copyOf(sent);
  }

  /** Whom the server notified, in order. */
  public List<Integer> notified() {
    return List.copyOf(notified);
  }

  /** Calls that the server cancelled. */
  public List<Long> cancelledCalls() {
    return List.copyOf(cancels);
  }

  /** Whether a request was answered. */
  public boolean isAnswered(long request) {
    return asked(request).answer != null;
  }

  /** The result of a request, which was answered. */
  public long result(long request) {
    return word(request, 0);
  }

  /** A word of the answer to a request, which was answered. */
  public long word(long request, int index) {
    Message answer = asked(request).answer;
    if (answer == null) {
      throw new AssertionError("not answered yet");
    }
    return answer.word(index);
  }

  /** The out-buffer of a request. */
  public byte[] out(long request) {
    return asked(request).out;
  }

  /** The kernel calls, to look at memory and to set the clock. */
  public KernelRecorder memory() {
    return kernel;
  }

  private Asked asked(long request) {
    Asked known = asked.get(request);
    if (known == null) {
      throw new AssertionError("no such request: " + request);
    }
    return known;
  }

  private Handler before() {
    byte[] state = stateOf(handler);
    Handler fresh = maker.get();
    StateReader in = new StateReader(state);
    fresh.load(in);
    if (!in.atEnd() || !Arrays.equals(state, stateOf(fresh))) {
      throw new AssertionError("load(save()) is not the same state");
    }
    handler = fresh;
    return fresh;
  }

  private static byte[] stateOf(Handler handler) {
    StateWriter out = new StateWriter();
    handler.save(out);
    return out.toBytes();
  }

  private static Message message(int source, ProtocolCall call, long... words) {
    Message m = new Message();
    m.source = source;
    m.type = call.number();
    for (int i = 0; i < words.length; i++) {
      m.word(i, words[i]);
    }
    return m;
  }

  // ---- what the server does

  @Override
  public int self() {
    return self;
  }

  @Override
  public int node() {
    return Endpoint.home(self);
  }

  @Override
  public int role(Role role) {
    return roles.getOrDefault(role, Endpoint.NONE);
  }

  @Override
  public int send(int destination, Message m) {
    if (sendsLeft == 0) {
      return -Errno.ENOBUFS;
    }
    sendsLeft--;
    record(destination, 0, m, new byte[0], 0, 0, -1, 0);
    return 0;
  }

  @Override
  public int notify(int destination) {
    notified.add(destination);
    return 0;
  }

  @Override
  public long call(int destination, Message m) {
    if (callsLeft == 0) {
      return -Errno.ENOBUFS;
    }
    callsLeft--;
    return record(destination, nextCall++, m, new byte[0], 0, 0, -1, 0);
  }

  @Override
  public long callWithBytes(int destination, Message m, byte[] in, int inBytes, int outBytes) {
    if (callsLeft == 0) {
      return -Errno.ENOBUFS;
    }
    callsLeft--;
    return record(destination, nextCall++, m, Arrays.copyOf(in, inBytes), outBytes, 0, -1, 0);
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
    byte[] lent = Arrays.copyOfRange(asked(request).in, inOffset, inOffset + inBytes);
    return record(destination, nextCall++, m, lent, outBytes, request, -1, outOffset);
  }

  @Override
  public long callWithFrame(int destination, Message m, int frame, int offset, int bytes) {
    return record(destination, nextCall++, m, new byte[0], bytes, 0, frame, offset);
  }

  private long record(
      int destination,
      long call,
      Message m,
      byte[] in,
      int outBytes,
      long lent,
      int frame,
      int outOffset) {
    Message copy = new Message();
    copy.copyFrom(m);
    copy.source = self;
    sent.add(new Sent(destination, call, copy, in, outBytes, lent, frame, outOffset));
    return call;
  }

  @Override
  public int answerBytes(int offset, byte[] target, int targetOffset, int bytes) {
    int there = Math.clamp(answerBytes.length - offset, 0, bytes);
    System.arraycopy(answerBytes, offset, target, targetOffset, there);
    return there;
  }

  @Override
  public void cancel(long call) {
    cancels.add(call);
  }

  @Override
  public void reply(long request, Message answer) {
    Asked to = asked(request);
    if (to.answer != null) {
      throw new AssertionError("answered twice");
    }
    Message copy = new Message();
    copy.copyFrom(answer);
    to.answer = copy;
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
    return kernel;
  }

  /** The answer to a request, or null. */
  public @Nullable Message answer(long request) {
    return asked(request).answer;
  }
}
