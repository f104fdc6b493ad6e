package org.atoll.hypercall;

import java.util.concurrent.atomic.AtomicLongArray;
import org.atoll.abi.Errno;
import org.jspecify.annotations.Nullable;

/**
 * The gate between guest and host: each hypercall is checked against the caller's rights, counted,
 * and shown to whoever watches.
 */
public final class Hypercalls {

  private final Host host;
  private final Streams streams;
  private final AtomicLongArray made = new AtomicLongArray(Hypercall.COUNT);
  private final AtomicLongArray refused = new AtomicLongArray(Hypercall.COUNT);
  private @Nullable HypercallWatcher watcher;

  /** The gate of a node without a console. */
  public Hypercalls(Host host) {
    this(host, new NoStreams());
  }

  /** The gate of the node that has the command's streams. */
  public Hypercalls(Host host, Streams streams) {
    this.host = host;
    this.streams = streams;
  }

  /** Names who sees the hypercalls; called once, before the first CPU runs. */
  public void watch(HypercallWatcher by) {
    watcher = by;
  }

  /**
   * Whether a caller may make the call; counts it either way.
   *
   * @return 0 or {@code -EPERM}
   */
  int enter(Caller by, Hypercall call) {
    if ((by.rights() & call.right()) == 0) {
      refused.incrementAndGet(call.number());
      return -Errno.EPERM;
    }
    made.incrementAndGet(call.number());
    return 0;
  }

  /** Shows a call to whoever watches; answers its result. */
  long over(Caller by, Hypercall call, long argument, long result) {
    HypercallWatcher told = watcher;
    if (told != null) {
      told.made(by, call, argument, result);
    }
    return result;
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
  public int nothing(Caller by) {
    return (int) over(by, Hypercall.NULL, 0, enter(by, Hypercall.NULL));
  }

  /** Hypercall CLOCK_MONOTONIC: see {@link Host#monotonicNanos}. */
  public long monotonicNanos(Caller by) {
    int refusal = enter(by, Hypercall.CLOCK_MONOTONIC);
    long nanos = refusal < 0 ? refusal : host.monotonicNanos();
    return over(by, Hypercall.CLOCK_MONOTONIC, 0, nanos);
  }

  /** Hypercall CLOCK_WALL: see {@link Host#wallNanos}. */
  public long wallNanos(Caller by) {
    int refusal = enter(by, Hypercall.CLOCK_WALL);
    return over(by, Hypercall.CLOCK_WALL, 0, refusal < 0 ? refusal : host.wallNanos());
  }

  /** Hypercall RANDOM: see {@link Host#random}. */
  public int random(Caller by, byte[] target, int offset, int bytes) {
    int refusal = enter(by, Hypercall.RANDOM);
    if (refusal == 0) {
      host.random(target, offset, bytes);
    }
    return (int) over(by, Hypercall.RANDOM, bytes, refusal);
  }

  /** Hypercall MEMORY_RESERVE: see {@link Host#reserveMemory}. */
  public long reserveMemory(Caller by, long bytes) {
    int refusal = enter(by, Hypercall.MEMORY_RESERVE);
    long address = refusal < 0 ? refusal : host.reserveMemory(bytes);
    return over(by, Hypercall.MEMORY_RESERVE, bytes, address);
  }

  /** Hypercall STREAM_STATUS: see {@link Streams#status}. */
  public long streamStatus(Caller by, int stream) {
    int refusal = enterStream(by, Hypercall.STREAM_STATUS, stream);
    long status = refusal < 0 ? refusal : streams.status(stream);
    return over(by, Hypercall.STREAM_STATUS, stream, status);
  }

  /** Hypercall STREAM_STATUS, its changing part: see {@link Streams#ready}. */
  public int streamReady(Caller by, int stream, int events) {
    int refusal = enterStream(by, Hypercall.STREAM_STATUS, stream);
    int ready = refusal < 0 ? refusal : streams.ready(stream, events);
    return (int) over(by, Hypercall.STREAM_STATUS, stream, ready);
  }

  /** Hypercall STREAM_READ: see {@link Streams#read}. */
  public int streamRead(Caller by, int stream, byte[] target, int offset, int bytes) {
    int refusal = enterStream(by, Hypercall.STREAM_READ, stream);
    int got = refusal < 0 ? refusal : streams.read(stream, target, offset, bytes);
    return (int) over(by, Hypercall.STREAM_READ, stream, got);
  }

  /** Hypercall STREAM_WRITE: see {@link Streams#write}. */
  public int streamWrite(Caller by, int stream, byte[] source, int offset, int bytes) {
    int refusal = enterStream(by, Hypercall.STREAM_WRITE, stream);
    int taken = refusal < 0 ? refusal : streams.write(stream, source, offset, bytes);
    return (int) over(by, Hypercall.STREAM_WRITE, stream, taken);
  }

  /** Hypercall STREAM_WATCH: see {@link Streams#watch}. */
  public int streamWatch(Caller by, int stream, int events) {
    int refusal = enterStream(by, Hypercall.STREAM_WATCH, stream);
    int result = refusal < 0 ? refusal : streams.watch(stream, events);
    return (int) over(by, Hypercall.STREAM_WATCH, stream, result);
  }

  /** Hypercall STREAM_CANCEL: see {@link Streams#unwatch}. */
  public int streamCancel(Caller by, int stream, int events) {
    int refusal = enterStream(by, Hypercall.STREAM_CANCEL, stream);
    int result = refusal < 0 ? refusal : streams.unwatch(stream, events);
    return (int) over(by, Hypercall.STREAM_CANCEL, stream, result);
  }

  /** Hypercall TERMINAL_MODE: see {@link Streams#terminalMode}. */
  public int terminalMode(Caller by, int mode) {
    int refusal = enter(by, Hypercall.TERMINAL_MODE);
    int result = refusal < 0 ? refusal : streams.terminalMode(mode);
    return (int) over(by, Hypercall.TERMINAL_MODE, mode, result);
  }

  /** A folder of the host as one caller may use it: the hypercalls {@code FOLDER_}. */
  public SharedFolder folder(Caller by, SharedFolder folder) {
    return new GuardedFolder(this, by, folder);
  }

  /** The host's network as one caller may use it: the hypercalls {@code NET_}. */
  public Network network(Caller by, Network network) {
    return new GuardedNetwork(this, by, network);
  }

  private int enterStream(Caller by, Hypercall call, int stream) {
    int refusal = enter(by, call);
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
