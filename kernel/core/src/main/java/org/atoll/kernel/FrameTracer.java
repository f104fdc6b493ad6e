package org.atoll.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.atoll.abi.Message;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercall;

/**
 * Sees messages as the frames that they are, or would be, between two nodes: {@link Frame}'s head,
 * without the payload. What is no message between tasks has a kind of its own.
 */
public final class FrameTracer implements Tracer {

  /** A frame's kind: a call. */
  public static final int REQUEST = Frame.REQUEST;

  /** A frame's kind: an answer. */
  public static final int ANSWER = Frame.ANSWER;

  /** A frame's kind: a one-way message. */
  public static final int MESSAGE = Frame.MESSAGE;

  /** A frame's kind: a notification. */
  public static final int NOTIFY = Frame.NOTIFY;

  /** A frame's kind: the wish to end a call. */
  public static final int CANCEL = Frame.CANCEL;

  /** Not on any wire: an alarm of the destination went off; w0 is its tag. */
  public static final int ALARM = 16;

  /**
   * Not on any wire: a hypercall; type is its number, w0 its argument, w1 its result, the payload
   * the name of who made it.
   */
  public static final int HYPERCALL = 17;

  /** Not on any wire: the payload names the destination; w0 is its process id, or 0. */
  public static final int NAME = 18;

  /** Bytes of a frame before the payload. */
  public static final int HEAD_BYTES = Frame.HEAD_BYTES;

  private static final byte[] NOTHING = {};

  /** Where frames go; called by the CPU that traces, with more than one by several at once. */
  @FunctionalInterface
  public interface Sink {

    /**
     * Takes a frame.
     *
     * @param at where and when it was committed
     * @param frame the head, and the payload of those that are on no wire
     * @param payloadBytes how many bytes of payload are left out
     */
    void frame(Moment at, byte[] frame, int payloadBytes);
  }

  private final Sink sink;
  private final boolean hypercalls;

  /**
   * A tracer.
   *
   * @param hypercalls whether these are seen, too
   */
  public FrameTracer(Sink sink, boolean hypercalls) {
    this.sink = sink;
    this.hypercalls = hypercalls;
  }

  @Override
  public void request(
      Moment at, int from, int to, long request, Message m, int inBytes, int outBytes) {
    Frame frame = of(REQUEST, from, to, request, m);
    frame.bytes = inBytes;
    frame.room = outBytes;
    emit(at, frame);
  }

  @Override
  public void answer(Moment at, int from, int to, long request, Message m, int outBytes) {
    Frame frame = of(ANSWER, from, to, request, m);
    frame.bytes = outBytes;
    emit(at, frame);
  }

  @Override
  public void message(Moment at, int from, int to, Message m) {
    emit(at, of(MESSAGE, from, to, 0, m));
  }

  @Override
  public void notified(Moment at, int from, int to) {
    emit(at, bare(NOTIFY, from, to, 0));
  }

  @Override
  public void alarm(Moment at, int task, long tag) {
    Frame frame = bare(ALARM, 0, task, 0);
    frame.message.w0 = tag;
    emit(at, frame);
  }

  @Override
  public void cancel(Moment at, int from, int to, long request) {
    emit(at, bare(CANCEL, from, to, request));
  }

  @Override
  public void hypercall(Moment at, Caller by, Hypercall call, long argument, long result) {
    if (hypercalls) {
      Frame frame = bare(HYPERCALL, 0, 0, 0);
      frame.message.set(call.number(), argument, result, 0, 0, 0, 0, 0);
      emit(at, frame, by.name());
    }
  }

  /** A frame that names a task. */
  public void name(Moment at, int task, int pid, String name) {
    Frame frame = bare(NAME, 0, task, 0);
    frame.message.w0 = pid;
    emit(at, frame, name);
  }

  private static Frame bare(int kind, int from, int to, long request) {
    Frame frame = new Frame().set(kind, to, request);
    frame.message.source = from;
    return frame;
  }

  private static Frame of(int kind, int from, int to, long request, Message m) {
    Frame frame = bare(kind, from, to, request);
    frame.message.copyFrom(m);
    frame.message.source = from;
    return frame;
  }

  private void emit(Moment at, Frame frame) {
    sink.frame(at, bytes(frame, NOTHING), frame.bytes);
  }

  private void emit(Moment at, Frame frame, String payload) {
    byte[] text = payload.getBytes(StandardCharsets.UTF_8);
    frame.bytes = text.length;
    sink.frame(at, bytes(frame, text), 0);
  }

  private static byte[] bytes(Frame frame, byte[] payload) {
    ByteBuffer buffer = ByteBuffer.allocate(HEAD_BYTES + payload.length);
    frame.writeHead(buffer.order(ByteOrder.LITTLE_ENDIAN));
    return buffer.put(payload).array();
  }
}
