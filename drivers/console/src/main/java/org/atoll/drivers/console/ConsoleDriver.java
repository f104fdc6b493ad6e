package org.atoll.drivers.console;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ConsoleProtocol;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercalls;
import org.atoll.hypercall.Streams;

/**
 * The front of the console: a task that answers {@link ConsoleProtocol} with hypercalls on the
 * streams of the command.
 *
 * <p>State: the requests that wait, in the order they came.
 */
public final class ConsoleDriver implements Handler, ConsoleProtocol.Service {

  private static final int VERSION = 1;
  private static final int EVENTS = Streams.READABLE | Streams.WRITABLE | Streams.RESIZED;
  private static final int ALWAYS = Streams.FAILED | Streams.HUNG_UP;

  private final Hypercalls gate;
  private final Caller self;
  private final List<Waiting> waiting = new ArrayList<>();
  private final byte[] buffer = new byte[Limits.BUFFER_BYTES_MAX];

  /** A driver on the streams behind a gate, and what it is there. */
  public ConsoleDriver(Hypercalls gate, Caller self) {
    this.gate = gate;
    this.self = self;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    ConsoleProtocol.dispatch(this, turn, request, m);
  }

  @Override
  public void read(Turn turn, long request, long stream, long bytes, long flags) {
    if (!isStream(stream) || bytes < 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    int room = (int) Math.min(bytes, turn.kernel().outBytes(request));
    begin(turn, new Waiting(Waiting.Kind.READ, request, (int) stream, room), flags);
  }

  @Override
  public void write(Turn turn, long request, long stream, long bytes, long flags) {
    if (!isStream(stream) || bytes < 0 || bytes > turn.kernel().inBytes(request)) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    begin(turn, new Waiting(Waiting.Kind.WRITE, request, (int) stream, (int) bytes), flags);
  }

  @Override
  public void watch(Turn turn, long request, long stream, long events, long flags) {
    if (!isStream(stream) || (events & ~EVENTS) != 0) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    begin(turn, new Waiting(Waiting.Kind.WATCH, request, (int) stream, (int) events), flags);
  }

  @Override
  public void status(Turn turn, long request, long stream) {
    if (!isStream(stream)) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    long status = gate.streamStatus(self, (int) stream);
    if (status < 0) {
      turn.reply(request, status);
    } else {
      turn.reply(request, status & 0xffff, status >>> 16 & 0xffff, status >>> 32 & 0xffff);
    }
  }

  @Override
  public void mode(Turn turn, long request, long raw) {
    boolean known = raw == Streams.RAW || raw == Streams.RESTORED;
    turn.reply(request, known ? gate.terminalMode(self, (int) raw) : -Errno.EINVAL);
  }

  @Override
  public void notified(Turn turn, int source) {
    if (source == Endpoint.HOST) {
      goOn(turn);
    }
  }

  @Override
  public void cancelled(Turn turn, long request) {
    for (Waiting row : waiting) {
      if (row.request == request) {
        waiting.remove(row);
        turn.reply(request, row.done > 0 ? row.done : -Errno.EINTR);
        watchNoMore(row);
        goOn(turn);
        return;
      }
    }
  }

  @Override
  public void message(Turn turn, Message m) {
    // No protocol of the driver has one-way messages.
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    throw new IllegalStateException("the console makes no calls");
  }

  @Override
  public void alarm(Turn turn, long tag) {
    throw new IllegalStateException("the console sets no alarms");
  }

  @Override
  public void save(StateWriter out) {
    out.version(VERSION).writeInt(waiting.size());
    for (Waiting row : waiting) {
      row.save(out);
    }
  }

  @Override
  public void load(StateReader in) {
    in.version(VERSION);
    waiting.clear();
    for (int rows = in.readInt(); rows > 0; rows--) {
      waiting.add(Waiting.load(in));
    }
  }

  @Override
  public void restore(StateReader in) {
    // It keeps nothing.
  }

  private static boolean isStream(long stream) {
    return stream >= 0 && stream < Streams.COUNT;
  }

  private void begin(Turn turn, Waiting row, long flags) {
    boolean first = waiting.stream().noneMatch(row::behind);
    if (first && attempt(turn, row)) {
      return;
    }
    if ((flags & ConsoleProtocol.NO_WAIT) == 0) {
      waiting.add(row);
      gate.streamWatch(self, row.stream, row.events());
    } else if (row.kind == Waiting.Kind.WATCH) {
      turn.reply(row.request, 0);
    } else {
      turn.reply(row.request, row.done > 0 ? row.done : -Errno.EAGAIN);
    }
  }

  /** Tries again whatever is first in its line. */
  private void goOn(Turn turn) {
    List<Waiting> stuck = new ArrayList<>();
    for (Iterator<Waiting> rows = waiting.iterator(); rows.hasNext(); ) {
      Waiting row = rows.next();
      boolean first = stuck.stream().noneMatch(row::behind);
      if (first && attempt(turn, row)) {
        rows.remove();
      } else {
        stuck.add(row);
        gate.streamWatch(self, row.stream, row.events());
      }
    }
  }

  /** Does what can be done without waiting; whether the request is answered. */
  private boolean attempt(Turn turn, Waiting row) {
    long result =
        switch (row.kind) {
          case READ -> readNow(turn, row);
          case WRITE -> writeNow(turn, row);
          case WATCH -> readyNow(row);
        };
    if (result == -Errno.EAGAIN) {
      return false;
    }
    turn.reply(row.request, result);
    return true;
  }

  private long readNow(Turn turn, Waiting row) {
    if (row.wanted == 0) {
      return 0;
    }
    int got = gate.streamRead(self, row.stream, buffer, 0, row.wanted);
    if (got > 0) {
      return turn.kernel().copyOut(row.request, 0, buffer, 0, got);
    }
    return got;
  }

  private long writeNow(Turn turn, Waiting row) {
    int left = row.wanted - row.done;
    int copied = turn.kernel().copyIn(row.request, row.done, buffer, 0, left);
    if (copied < left) {
      return row.done > 0 ? row.done : -Errno.EFAULT;
    }
    int from = 0;
    while (from < left) {
      int taken = gate.streamWrite(self, row.stream, buffer, from, left - from);
      if (taken == -Errno.EAGAIN) {
        return taken;
      }
      if (taken < 0) {
        return row.done > 0 ? row.done : taken;
      }
      from += taken;
      row.done += taken;
    }
    return row.done;
  }

  private long readyNow(Waiting row) {
    int ready = gate.streamReady(self, row.stream, row.wanted);
    if (ready < 0) {
      return ready;
    }
    int wanted = ready & (row.wanted | ALWAYS);
    return wanted == 0 ? -Errno.EAGAIN : wanted;
  }

  private void watchNoMore(Waiting gone) {
    int still = 0;
    for (Waiting row : waiting) {
      still |= row.stream == gone.stream ? row.events() : 0;
    }
    gate.streamCancel(self, gone.stream, gone.events() & ~still);
  }
}
