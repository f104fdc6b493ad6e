package org.atoll.drivers.link.session;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.atoll.drivers.link.LinkBrokenException;
import org.jspecify.annotations.Nullable;

/**
 * What two nodes share from the first connection between them until one of them is dead to the
 * other: each frame is taken once, in the order in which it was committed, however often the
 * connection is cut meanwhile.
 *
 * <p>A pure state machine: it knows no network, and asks the clock that it is given with signs
 * alone. Frames wait in a ring until the other end has acknowledged them; every frame says how many
 * its sender has received, and a <em>sign</em> says so where there is nothing else to say: once a
 * tick, and after each quarter of a window. The other end is silent when nothing was heard for
 * {@link #SILENT_TICKS_MAX} ticks.
 *
 * <p>Owner: the CPU that the link belongs to. Sending and taking allocate nothing, unless the ring
 * has to grow.
 */
public final class Session {

  /** Bytes that may be unacknowledged, and that this end is ready to take. */
  public static final int WINDOW_BYTES = 1 << 20;

  /** Ticks without a sign of life after which a node is dead. */
  public static final int SILENT_TICKS_MAX = 5;

  /** Bytes of the frames that {@link #sign} and {@link #farewell} make. */
  public static final int SIGN_BYTES = FrameHead.BYTES + 1 + Integer.BYTES + RoundTrip.BYTES;

  /** After so many bytes the other end is told, in good time before its window is full. */
  private static final int UNSAID_BYTES_MAX = WINDOW_BYTES / 4;

  private static final byte SIGN = 1;
  private static final byte FAREWELL = 2;

  /** Gets what was sent, each frame once and in order; buffers are valid during the call only. */
  public interface Sink {

    /** A frame of the kernel's. */
    void frame(ByteBuffer frame);

    /** A frame of the link's own that was sent by {@link Session#commitOwn}. */
    void own(ByteBuffer frame) throws LinkBrokenException;
  }

  private final Carriage carriage;
  private final SentFrames frames;
  private final RoundTrip roundTrip;

  /** What was sent and taken, without what the session says for itself. */
  private final Traffic traffic = new Traffic();

  /** What the other end is ready to take. */
  private int creditBytes = WINDOW_BYTES;

  /** Frames that were taken; wraps. */
  private int received;

  /** How many of them the other end was told of; and the bytes of those it was not told of. */
  private int said;

  private int unsaidBytes;

  /** Whether the other end is to be told at once. */
  private boolean owes;

  private boolean starved;
  private boolean heard = true;
  private int silentTicks;
  private boolean farewell;
  private boolean over;

  /**
   * The session of two nodes that have just met.
   *
   * @param memory makes the buffers that frames are kept in
   * @param nanos a clock that never goes backwards, to measure the round trip
   */
  public Session(Carriage carriage, IntFunction<ByteBuffer> memory, LongSupplier nanos) {
    this.carriage = carriage;
    frames = new SentFrames(WINDOW_BYTES, memory);
    roundTrip = new RoundTrip(nanos);
  }

  // ---- sending

  /** Room for a frame; null when too much is unacknowledged, or the session is over. */
  public @Nullable ByteBuffer claim(int bytes) {
    ByteBuffer room = over ? null : frames.claim(bytes, creditBytes);
    starved |= room == null;
    return room;
  }

  /** The frame that was claimed is complete. */
  public void commit() {
    commit(0);
  }

  /** The frame that was claimed is complete, and one of the link's own. */
  public void commitOwn() {
    commit(FrameHead.OWN);
  }

  private void commit(int flags) {
    traffic.sent(frames.commit(flags, received));
    told();
  }

  /** Whether frames are to be sent. */
  public boolean unsent() {
    return !over && frames.unsent();
  }

  /** Whether frames wait to be acknowledged. */
  public boolean unacknowledged() {
    return !over && !frames.isEmpty();
  }

  /** Where in its memory whole frames begin that are to be sent. */
  public int unsentAt() {
    return frames.unsentAt();
  }

  /** How many bytes are to be sent from there. They do not change before they are acknowledged. */
  public int unsentBytes() {
    return frames.unsentBytes();
  }

  /** So many bytes are sent. */
  public void sent(int bytes) {
    frames.sent(bytes);
  }

  /** The next frame that is to be sent, which is sent now; valid until the next claim. */
  public ByteBuffer sendOne() {
    return frames.sendOne();
  }

  /** All that was not acknowledged is to be sent again. */
  public void sendAgain() {
    frames.rewind();
  }

  /** Whether a claim failed before and would not fail now; asked once. */
  public boolean recovered() {
    if (starved && !over && frames.bytes() <= creditBytes / 2) {
      starved = false;
      return true;
    }
    return false;
  }

  // ---- taking

  /**
   * Takes a frame, with its head; the sink gets it if it is the next one.
   *
   * @throws LinkBrokenException when the other end lies
   */
  public void take(ByteBuffer frame, Sink sink) throws LinkBrokenException {
    int at = frame.position();
    int length = FrameHead.length(frame, at);
    int number = FrameHead.number(frame, at);
    acknowledged(FrameHead.received(frame, at));
    frame.position(at + FrameHead.BYTES);
    heard = true;
    if ((length & FrameHead.LOOSE) != 0) {
      takeLoose(frame);
    } else if (number == received) {
      takeNext(length, frame, sink);
    } else if (carriage == Carriage.STREAM) {
      throw new LinkBrokenException("it sent frame " + number + " in place of " + received);
    } else {
      owes = true;
    }
  }

  private void takeNext(int length, ByteBuffer frame, Sink sink) throws LinkBrokenException {
    received++;
    traffic.taken(frame.remaining());
    unsaidBytes += FrameHead.BYTES + frame.remaining();
    owes |= unsaidBytes >= UNSAID_BYTES_MAX;
    if ((length & FrameHead.OWN) != 0) {
      sink.own(frame);
    } else {
      sink.frame(frame);
    }
  }

  private void takeLoose(ByteBuffer frame) throws LinkBrokenException {
    byte kind = frame.get();
    if (frame.remaining() != Integer.BYTES + RoundTrip.BYTES || kind != SIGN && kind != FAREWELL) {
      throw new LinkBrokenException("it sent an unknown control frame, kind " + kind);
    }
    int credit = frame.getInt();
    if (credit < 0 || credit > WINDOW_BYTES) {
      throw new LinkBrokenException("it is ready to take " + credit + " bytes");
    }
    creditBytes = credit;
    roundTrip.take(frame);
    farewell |= kind == FAREWELL;
  }

  private void acknowledged(int count) throws LinkBrokenException {
    if (frames.possible(count)) {
      frames.acknowledge(count);
    } else if (!frames.old(count)) {
      throw new LinkBrokenException("it acknowledged frames that were never sent");
    }
  }

  /** Frames that were taken; wraps. */
  public int received() {
    return received;
  }

  /** Frames that the other end has acknowledged; wraps. */
  public int acknowledged() {
    return frames.acknowledged();
  }

  /** Whether frames were taken that the other end was not told of. */
  public boolean unsaid() {
    return said != received;
  }

  /** Whether the other end is to be told now what was taken. */
  public boolean owes() {
    return owes;
  }

  /** What was sent and taken. */
  public Traffic traffic() {
    return traffic;
  }

  /** Time for a sign to get there and for its answer to come back; 0 while it is not known. */
  public long roundTripNanos() {
    return roundTrip.nanos();
  }

  // ---- signs

  /** Makes a sign of life, which tells what was taken. */
  public void sign(ByteBuffer to) {
    loose(SIGN, to);
    told();
  }

  /** Makes the last frame: this end is about to end the session. */
  public void farewell(ByteBuffer to) {
    loose(FAREWELL, to);
  }

  private void loose(byte kind, ByteBuffer to) {
    to.putInt(SIGN_BYTES - FrameHead.BYTES | FrameHead.OWN | FrameHead.LOOSE);
    to.putInt(0).putInt(received).put(kind).putInt(WINDOW_BYTES);
    roundTrip.put(to);
  }

  private void told() {
    said = received;
    unsaidBytes = 0;
    owes = false;
  }

  // ---- life

  /** A tick of the clock, once a second. */
  public void tick() {
    silentTicks = heard ? 0 : silentTicks + 1;
    heard = false;
  }

  /** The connection is gone, which is as much as hearing of it: the ticks count from now. */
  public void cut() {
    heard = true;
  }

  /** Whether nothing was heard for too long. */
  public boolean silent() {
    return silentTicks >= SILENT_TICKS_MAX;
  }

  /** Whether the other end has said that it ends the session. */
  public boolean saidFarewell() {
    return farewell;
  }

  /** Whether a session in which the other end received so many frames can go on. */
  public boolean resumable(int theyReceived) {
    return !over && frames.possible(theyReceived);
  }

  /** Goes on where a new connection finds the other end. */
  public void resume(int theyReceived) throws LinkBrokenException {
    if (!resumable(theyReceived)) {
      throw new LinkBrokenException("it received frames that were never sent");
    }
    frames.acknowledge(theyReceived);
    frames.rewind();
    told();
  }

  /** Ends it: nothing is sent any more. */
  public void end() {
    over = true;
  }

  /** Whether it has ended. */
  public boolean over() {
    return over;
  }
}
