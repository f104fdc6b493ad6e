package org.atoll.hypercall;

import java.util.concurrent.atomic.AtomicLongArray;
import org.atoll.abi.Errno;

/**
 * The gate between guest and host: each hypercall is checked against the caller's rights and
 * counted.
 */
public final class Hypercalls {

  private final Host host;
  private final Streams streams;
  private final AtomicLongArray made = new AtomicLongArray(Hypercall.COUNT);
  private final AtomicLongArray refused = new AtomicLongArray(Hypercall.COUNT);

  /** The gate of a node without a console. */
  public Hypercalls(Host host) {
    this(host, new NoStreams());
  }

  /** The gate of the node that has the command's streams. */
  public Hypercalls(Host host, Streams streams) {
    this.host = host;
    this.streams = streams;
  }

  /**
   * Whether a caller with these rights may make the call; counts it either way.
   *
   * @return 0 or {@code -EPERM}
   */
  public int enter(long rights, Hypercall call) {
    if ((rights & call.right()) == 0) {
      refused.incrementAndGet(call.number());
      return -Errno.EPERM;
    }
    made.incrementAndGet(call.number());
    return 0;
  }

  /** Calls made so far. */
  public long made(Hypercall call) {
    return made.get(call.number());
  }

  /** Calls refused so far. */
  public long refused(Hypercall call) {
    return refused.get(call.number());
  }

  /** Hypercall NULL. */
  public int nothing(long rights) {
    return enter(rights, Hypercall.NULL);
  }

  /** Hypercall CLOCK_MONOTONIC: see {@link Host#monotonicNanos}. */
  public long monotonicNanos(long rights) {
    int refusal = enter(rights, Hypercall.CLOCK_MONOTONIC);
    return refusal < 0 ? refusal : host.monotonicNanos();
  }

  /** Hypercall CLOCK_WALL: see {@link Host#wallNanos}. */
  public long wallNanos(long rights) {
    int refusal = enter(rights, Hypercall.CLOCK_WALL);
    return refusal < 0 ? refusal : host.wallNanos();
  }

  /** Hypercall RANDOM: see {@link Host#random}. */
  public int random(long rights, byte[] target, int offset, int bytes) {
    int refusal = enter(rights, Hypercall.RANDOM);
    if (refusal == 0) {
      host.random(target, offset, bytes);
    }
    return refusal;
  }

  /** Hypercall MEMORY_RESERVE: see {@link Host#reserveMemory}. */
  public long reserveMemory(long rights, long bytes) {
    int refusal = enter(rights, Hypercall.MEMORY_RESERVE);
    return refusal < 0 ? refusal : host.reserveMemory(bytes);
  }

  /** Hypercall STREAM_STATUS: see {@link Streams#status}. */
  public long streamStatus(long rights, int stream) {
    int refusal = enterStream(rights, Hypercall.STREAM_STATUS, stream);
    return refusal < 0 ? refusal : streams.status(stream);
  }

  /** Hypercall STREAM_STATUS, its changing part: see {@link Streams#ready}. */
  public int streamReady(long rights, int stream, int events) {
    int refusal = enterStream(rights, Hypercall.STREAM_STATUS, stream);
    return refusal < 0 ? refusal : streams.ready(stream, events);
  }

  /** Hypercall STREAM_READ: see {@link Streams#read}. */
  public int streamRead(long rights, int stream, byte[] target, int offset, int bytes) {
    int refusal = enterStream(rights, Hypercall.STREAM_READ, stream);
    return refusal < 0 ? refusal : streams.read(stream, target, offset, bytes);
  }

  /** Hypercall STREAM_WRITE: see {@link Streams#write}. */
  public int streamWrite(long rights, int stream, byte[] source, int offset, int bytes) {
    int refusal = enterStream(rights, Hypercall.STREAM_WRITE, stream);
    return refusal < 0 ? refusal : streams.write(stream, source, offset, bytes);
  }

  /** Hypercall STREAM_WATCH: see {@link Streams#watch}. */
  public int streamWatch(long rights, int stream, int events) {
    int refusal = enterStream(rights, Hypercall.STREAM_WATCH, stream);
    return refusal < 0 ? refusal : streams.watch(stream, events);
  }

  /** Hypercall STREAM_CANCEL: see {@link Streams#unwatch}. */
  public int streamCancel(long rights, int stream, int events) {
    int refusal = enterStream(rights, Hypercall.STREAM_CANCEL, stream);
    return refusal < 0 ? refusal : streams.unwatch(stream, events);
  }

  private int enterStream(long rights, Hypercall call, int stream) {
    int refusal = enter(rights, call);
    if (refusal < 0) {
      return refusal;
    }
    return stream < 0 || stream >= Streams.COUNT ? -Errno.EINVAL : 0;
  }

  /** The wait of a CPU: the kernel's own, not a hypercall of a task. */
  public EventWait eventWait(int cpu) {
    return host.eventWait(cpu);
  }
}
