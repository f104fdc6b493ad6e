package org.atoll.drivers.net;

import java.util.function.LongConsumer;
import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.hypercall.Network;
import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/** The connections of the VOS with outside, each a handle of the host's network. */
final class Conversations {

  private final Network network;
  private final Rings rings;
  private final LongTable<Conversation> rows = new LongTable<>();

  Conversations(Network network) {
    this.network = network;
    this.rings = new Rings(network);
  }

  /** A connection that arrived. */
  void add(long handle) {
    rows.put(handle, new Conversation(handle));
  }

  void connect(Turn turn, long request, long[] to) {
    long handle = network.connect(to);
    if (handle < 0) {
      turn.reply(request, handle);
      return;
    }
    Conversation row = new Conversation(handle);
    row.connect = request;
    rows.put(handle, row);
    tryConnect(turn, row);
  }

  private void tryConnect(Turn turn, Conversation row) {
    int status = network.status(row.handle);
    if (status == -Errno.EINPROGRESS) {
      return;
    }
    long request = row.connect;
    row.connect = 0;
    if (status < 0) {
      drop(row, Network.AFTER_ALL);
    }
    turn.reply(request, status < 0 ? status : row.handle);
  }

  /** The row of a handle; answers EBADF when there is none. */
  private @Nullable Conversation known(Turn turn, long request, long handle) {
    Conversation row = rows.get(handle);
    if (row == null) {
      turn.reply(request, -Errno.EBADF);
    }
    return row;
  }

  void fill(Turn turn, long request, long handle, long[] spans) {
    Conversation row = known(turn, request, handle);
    if (row == null) {
      return;
    }
    if (row.fill != 0 || !Rings.areSpans(spans)) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    row.fill = request;
    System.arraycopy(spans, 0, row.room, 0, spans.length);
    tryFill(turn, row);
  }

  void transmit(Turn turn, long request, long handle, long[] spans) {
    Conversation row = known(turn, request, handle);
    if (row == null) {
      return;
    }
    if (row.transmit != 0 || !Rings.areSpans(spans)) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    row.transmit = request;
    System.arraycopy(spans, 0, row.bytes, 0, spans.length);
    tryTransmit(turn, row);
  }

  /** Something happened at a handle; whether it is a connection. */
  boolean happened(Turn turn, long handle) {
    Conversation row = rows.get(handle);
    if (row == null) {
      return false;
    }
    if (row.connect != 0) {
      tryConnect(turn, row);
    } else {
      tryFill(turn, row);
      tryTransmit(turn, row);
    }
    return true;
  }

  private void tryFill(Turn turn, Conversation row) {
    if (row.fill != 0) {
      int got = rings.fill(turn.kernel(), turn.role(Role.NET), row.handle, row.room);
      if (got != -Errno.EAGAIN) {
        long request = row.fill;
        row.fill = 0;
        turn.reply(request, got);
      }
    }
  }

  private void tryTransmit(Turn turn, Conversation row) {
    if (row.transmit != 0) {
      int taken = rings.transmit(turn.kernel(), turn.role(Role.NET), row.handle, row.bytes);
      if (taken != -Errno.EAGAIN) {
        long request = row.transmit;
        row.transmit = 0;
        turn.reply(request, taken);
      }
    }
  }

  void end(Turn turn, long request, long handle) {
    if (known(turn, request, handle) != null) {
      turn.reply(request, network.shutdown(handle));
    }
  }

  void release(Turn turn, long request, long handle, boolean reset) {
    Conversation row = known(turn, request, handle);
    if (row != null) {
      drop(row, reset ? Network.RESET : Network.AFTER_ALL);
      forsake(row, waiting -> turn.reply(waiting, -Errno.ECONNABORTED));
      turn.reply(request, 0);
    }
  }

  /** A connection that nobody wants. */
  void refuse(long handle) {
    Conversation row = rows.get(handle);
    if (row != null) {
      drop(row, Network.RESET);
    }
  }

  private void drop(Conversation row, int how) {
    rows.remove(row.handle);
    network.close(row.handle, how);
  }

  private static void forsake(Conversation row, LongConsumer answer) {
    for (long request : new long[] {row.connect, row.fill, row.transmit}) {
      if (request != 0) {
        answer.accept(request);
      }
    }
  }

  /** A request is not waited for any more; one that is answered anyway is left alone. */
  void cancelled(Turn turn, long request) {
    for (int at = rows.first(); at >= 0; at = rows.next(at)) {
      Conversation row = rows.value(at);
      if (row.connect == request) {
        drop(row, Network.RESET);
        turn.reply(request, -Errno.EINTR);
        return;
      }
    }
  }

  /** All are gone: who asked is gone, too, and is answered for the kernel's sake. */
  void clear(Turn turn) {
    while (rows.size() > 0) {
      Conversation row = rows.value(rows.first());
      rows.remove(row.handle);
      forsake(row, waiting -> turn.reply(waiting, -Errno.ECONNABORTED));
    }
  }

  void save(StateWriter out) {
    out.writeInt(rows.size());
    for (int at = rows.first(); at >= 0; at = rows.next(at)) {
      rows.value(at).save(out);
    }
  }

  void load(StateReader in) {
    for (int left = in.readCount(8); left > 0; left--) {
      Conversation row = Conversation.load(in);
      rows.put(row.handle, row);
    }
  }
}
