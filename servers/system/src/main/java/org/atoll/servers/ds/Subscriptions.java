package org.atoll.servers.ds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DsProtocol;
import org.atoll.libsys.LongTable;

/** Who wants to be told of changes, and is. */
final class Subscriptions {

  /** Patterns of one task. */
  static final int PATTERNS_MAX = 16;

  /** Tasks that have subscribed. */
  static final int SUBSCRIBERS_MAX = 512;

  private final Entries entries;
  private final LongTable<Subscriber> all = new LongTable<>();

  Subscriptions(Entries entries) {
    this.entries = entries;
  }

  boolean has(int endpoint) {
    return all.get(endpoint) != null;
  }

  /** SUBSCRIBE: 0, or why not. */
  int add(Turn turn, int endpoint, String pattern, boolean initial) {
    Subscriber known = all.get(endpoint);
    if (known == null && all.size() == SUBSCRIBERS_MAX) {
      return -Errno.ENOSPC;
    }
    Subscriber subscriber = known == null ? new Subscriber() : known;
    if (!subscriber.patterns.contains(pattern) && subscriber.patterns.size() == PATTERNS_MAX) {
      return -Errno.EDQUOT;
    }
    subscriber.patterns.add(pattern);
    all.put(endpoint, subscriber);
    if (initial) {
      for (Entry entry : entries.after("")) {
        if (Names.matches(pattern, entry.name())) {
          subscriber.note(entry.name());
        }
      }
      tell(turn, endpoint, subscriber);
    }
    return 0;
  }

  /** UNSUBSCRIBE: 0, or why not. The last pattern takes the subscriber along. */
  int remove(Turn turn, int endpoint, String pattern) {
    Subscriber subscriber = all.get(endpoint);
    if (subscriber == null || !subscriber.patterns.remove(pattern)) {
      return -Errno.ENOENT;
    }
    if (subscriber.patterns.isEmpty()) {
      forget(turn, endpoint);
    }
    return 0;
  }

  /** A task subscribes to nothing any more; what it waits for does not come. */
  void forget(Turn turn, int endpoint) {
    Subscriber gone = all.remove(endpoint);
    if (gone != null && gone.waiting != 0) {
      turn.reply(gone.waiting, -Errno.ENOENT);
    }
  }

  /** Something under a name has changed. */
  void changed(Turn turn, String name) {
    for (int at = all.first(); at >= 0; at = all.next(at)) {
      Subscriber subscriber = all.value(at);
      if (subscriber.note(name)) {
        tell(turn, (int) all.key(at), subscriber);
      }
    }
  }

  private void tell(Turn turn, int endpoint, Subscriber subscriber) {
    if (!subscriber.hasNews()) {
      return;
    }
    if (subscriber.waiting == 0) {
      turn.notify(endpoint);
    } else {
      long request = subscriber.waiting;
      subscriber.waiting = 0;
      answer(turn, request, subscriber);
    }
  }

  /** CHECK. */
  void check(Turn turn, long request, boolean waits) {
    Subscriber subscriber = all.get(Turn.caller(request));
    if (subscriber == null || !subscriber.hasNews() && !waits) {
      turn.reply(request, -Errno.ENOENT);
    } else if (subscriber.hasNews()) {
      answer(turn, request, subscriber);
    } else if (subscriber.waiting != 0) {
      turn.reply(request, -Errno.EBUSY);
    } else {
      subscriber.waiting = request;
    }
  }

  private void answer(Turn turn, long request, Subscriber subscriber) {
    String name = subscriber.takeLost() ? null : subscriber.takeChanged();
    if (name == null) {
      turn.reply(request, -Errno.EOVERFLOW);
      return;
    }
    byte[] bytes = name.getBytes(ISO_8859_1);
    int room = Math.max(0, turn.kernel().outBytes(request));
    turn.kernel().copyOut(request, 0, bytes, 0, Math.min(bytes.length, room));
    Entry entry = entries.get(name);
    long type = entry == null ? DsProtocol.ANY : entry.type();
    long value = entry == null ? 0 : entry.value();
    long owner = entry == null ? Endpoint.NONE : entry.owner();
    Message m = turn.scratch();
    turn.reply(request, m.set(0, bytes.length, type, value, owner, 0, 0, 0));
  }

  /** Whoever waits with a request does so no more. */
  void cancelled(Turn turn, long request) {
    Subscriber subscriber = all.get(Turn.caller(request));
    if (subscriber != null && subscriber.waiting == request) {
      subscriber.waiting = 0;
      turn.reply(request, -Errno.EINTR);
    }
  }

  void save(StateWriter out) {
    out.writeInt(all.size());
    for (int at = all.first(); at >= 0; at = all.next(at)) {
      out.writeLong(all.key(at));
      all.value(at).save(out);
    }
  }

  void load(StateReader in) {
    for (int left = in.readCount(Long.BYTES); left > 0; left--) {
      long endpoint = in.readLong();
      all.put(endpoint, Subscriber.load(in));
    }
  }
}
