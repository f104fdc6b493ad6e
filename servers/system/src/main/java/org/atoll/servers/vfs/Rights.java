package org.atoll.servers.vfs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Limits;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.NetProtocol;
import org.atoll.libsys.LongTable;

/**
 * The life of open files in messages: unix(7), SCM_RIGHTS.
 *
 * <p>A socket can be in a message that waits at itself, or at one that is in a message at the
 * first: nobody can ever receive those. When a socket has no reference but those of messages, what
 * can be reached from sockets that are open is marked, and the other messages are thrown away.
 */
final class Rights {

  private final VfsState state;
  private final Files files;

  Rights(VfsState state, Files files) {
    this.state = state;
    this.files = files;
  }

  boolean haveRoom() {
    return state.rights.size() < Limits.RIGHTS_IN_FLIGHT_MAX;
  }

  /** Sends files; the number of their bundle. */
  long send(List<OpenFile> sent) {
    return state.rights.add(sent);
  }

  /** A message was taken by a socket. */
  void held(long number, long holder) {
    RightsTable.Bundle bundle = state.rights.get(number);
    if (bundle != null) {
      bundle.holder = holder;
    }
  }

  /** A message is gone, and what was in it. */
  void drop(Turn turn, long number) {
    for (OpenFile file : state.rights.take(number)) {
      files.release(turn, file);
    }
  }

  /** The network server began anew: what earlier ones held is gone. */
  void begunAnew(Turn turn, long beginning) {
    List<Long> lost = new ArrayList<>();
    LongTable<RightsTable.Bundle> all = state.rights.all();
    for (int at = all.first(); at >= 0; at = all.next(at)) {
      long holder = all.value(at).holder;
      if (holder != 0 && NetProtocol.beginning(holder) != beginning) {
        lost.add(all.key(at));
      }
    }
    lost.forEach(number -> drop(turn, number));
  }

  // ---- messages that nobody can receive

  /** At the end of a turn: throws away what is lost, if something may be. */
  void collect(Turn turn) {
    while (state.rights.isSuspicious()) {
      lost().forEach(number -> drop(turn, number));
    }
  }

  private List<Long> lost() {
    LongTable<OpenFile> sockets = sockets();
    LongTable<RightsTable.Bundle> unmarked = new LongTable<>();
    ArrayDeque<RightsTable.Bundle> marked = new ArrayDeque<>();
    LongTable<RightsTable.Bundle> all = state.rights.all();
    for (int at = all.first(); at >= 0; at = all.next(at)) {
      RightsTable.Bundle bundle = all.value(at);
      if (isInReach(sockets, bundle)) {
        marked.add(bundle);
      } else {
        unmarked.put(all.key(at), bundle);
      }
    }
    while (!marked.isEmpty()) {
      markHeldBy(marked.removeFirst(), unmarked, marked);
    }
    List<Long> lost = new ArrayList<>();
    for (int at = unmarked.first(); at >= 0; at = unmarked.next(at)) {
      lost.add(unmarked.key(at));
    }
    return lost;
  }

  /** What a socket has that is not accepted yet, or what is just sent, counts as in reach. */
  private static boolean isInReach(LongTable<OpenFile> sockets, RightsTable.Bundle bundle) {
    OpenFile holder = sockets.get(bundle.holder);
    return holder == null || holder.references > holder.inFlight;
  }

  private static void markHeldBy(
      RightsTable.Bundle bundle,
      LongTable<RightsTable.Bundle> unmarked,
      ArrayDeque<RightsTable.Bundle> marked) {
    for (OpenFile file : bundle.files) {
      if (file.kind != OpenFile.Kind.SOCKET) {
        continue;
      }
      int at = unmarked.first();
      while (at >= 0) {
        long number = unmarked.key(at);
        RightsTable.Bundle other = unmarked.value(at);
        at = unmarked.next(at);
        if (other.holder == file.device) {
          unmarked.remove(number);
          marked.add(other);
        }
      }
    }
  }

  private LongTable<OpenFile> sockets() {
    LongTable<OpenFile> sockets = new LongTable<>();
    for (int at = state.files.first(); at >= 0; at = state.files.next(at)) {
      OpenFile file = state.files.value(at);
      if (file.kind == OpenFile.Kind.SOCKET) {
        sockets.put(file.device, file);
      }
    }
    return sockets;
  }
}
