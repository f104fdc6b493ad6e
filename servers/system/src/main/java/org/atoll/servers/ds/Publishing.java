package org.atoll.servers.ds;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DsProtocol;
import org.jspecify.annotations.Nullable;

/** What only some may do: whose name it is, and what becomes of what somebody has here. */
final class Publishing {

  private static final byte[] NOTHING = {};
  private static final long U32_MAX = 0xffff_ffffL;

  private final Entries entries;
  private final Subscriptions subscriptions;
  private final Processes processes;

  Publishing(Entries entries, Subscriptions subscriptions, Processes processes) {
    this.entries = entries;
    this.subscriptions = subscriptions;
    this.processes = processes;
  }

  /** PUBLISH: 0, or a negated errno. */
  int publish(
      Turn turn, long request, Caller by, long flags, long type, long value, long nameBytes) {
    String name = Names.name(turn, request, nameBytes);
    int valueBytes = name == null ? 0 : turn.kernel().inBytes(request) - name.length();
    boolean hasBytes = type == DsProtocol.STRING || type == DsProtocol.MEMORY;
    boolean known = type >= DsProtocol.U32 && type <= DsProtocol.LABEL;
    if (name == null || !known || !hasBytes && valueBytes > 0) {
      return -Errno.EINVAL;
    }
    if (type == DsProtocol.U32 && (value < 0 || value > U32_MAX)) {
      return -Errno.EINVAL;
    }
    int refusal = refusal(by, name, flags);
    if (refusal != 0) {
      return refusal;
    }
    byte[] bytes = hasBytes ? bytes(turn, request, name.length(), valueBytes) : NOTHING;
    if (bytes == null) {
      return -Errno.E2BIG;
    }
    long word = hasBytes ? 0 : value;
    if (type == DsProtocol.LABEL && by.uid() != Caller.RS) {
      word = by.endpoint();
    }
    return put(turn, new Entry(name, (int) type, word, bytes, by.endpoint(), by.uid()));
  }

  private int refusal(Caller by, String name, long flags) {
    boolean users = name.startsWith(DsProtocol.USER);
    boolean foreign = by.uid() != Caller.RS && by.isProcess() != users;
    if (foreign || name.startsWith(DsProtocol.CHECKPOINT)) {
      return -Errno.EPERM;
    }
    Entry old = entries.get(name);
    if (old != null && (flags & DsProtocol.OVERWRITE) == 0) {
      return -Errno.EEXIST;
    }
    return old == null || by.mayChange(old) ? 0 : -Errno.EPERM;
  }

  /** What follows the name in the in-buffer; null when that is too much. */
  private static byte @Nullable [] bytes(Turn turn, long request, int offset, int count) {
    if (count > DsProtocol.VALUE_BYTES_MAX) {
      return null;
    }
    byte[] bytes = new byte[count];
    turn.kernel().copyIn(request, offset, bytes, 0, count);
    return bytes;
  }

  private int put(Turn turn, Entry entry) {
    if (entry.isOfProcess() && !processes.watch(turn, entry.owner())) {
      return -Errno.EAGAIN;
    }
    Entry old = entries.get(entry.name());
    int result = entries.put(entry);
    if (result == 0) {
      subscriptions.changed(turn, entry.name());
      if (old != null) {
        unwatchIfNothing(turn, old.owner());
      }
    }
    unwatchIfNothing(turn, entry.owner());
    return result;
  }

  /** CHECKPOINT: 0, or a negated errno. */
  int checkpoint(Turn turn, long request, Caller by) {
    String service = by.isProcess() ? null : entries.service(by.endpoint());
    if (service == null) {
      return -Errno.EPERM;
    }
    byte[] state = bytes(turn, request, 0, Math.max(0, turn.kernel().inBytes(request)));
    if (state == null) {
      return -Errno.E2BIG;
    }
    String name = DsProtocol.CHECKPOINT + service;
    if (state.length == 0) {
      remove(turn, name);
      return 0;
    }
    return put(turn, new Entry(name, DsProtocol.MEMORY, 0, state, by.endpoint(), by.uid()));
  }

  /** DELETE: 0, or a negated errno. With the name of a service goes what it published. */
  int delete(Turn turn, long request, Caller by) {
    String name = Names.name(turn, request);
    if (name == null) {
      return -Errno.EINVAL;
    }
    Entry entry = entries.get(name);
    if (entry == null || !by.mayChange(entry)) {
      return entry == null ? -Errno.ENOENT : -Errno.EPERM;
    }
    remove(turn, name);
    boolean service = entry.uid() == Caller.RS && entry.type() == DsProtocol.LABEL;
    if (service && entries.service((int) entry.value()) == null) {
      forget(turn, (int) entry.value());
    }
    unwatchIfNothing(turn, entry.owner());
    return 0;
  }

  /** SUBSCRIBE: 0, or a negated errno. */
  int subscribe(Turn turn, long request, Caller by, long flags) {
    String pattern = Names.pattern(turn, request);
    if (pattern == null) {
      return -Errno.EINVAL;
    }
    if (by.isProcess() && !processes.watch(turn, by.endpoint())) {
      return -Errno.EAGAIN;
    }
    boolean initial = (flags & DsProtocol.INITIAL) != 0;
    int result = subscriptions.add(turn, by.endpoint(), pattern, initial);
    unwatchIfNothing(turn, by.endpoint());
    return result;
  }

  /** UNSUBSCRIBE: 0, or a negated errno. */
  int unsubscribe(Turn turn, long request, Caller by) {
    String pattern = Names.pattern(turn, request);
    if (pattern == null) {
      return -Errno.EINVAL;
    }
    int result = subscriptions.remove(turn, by.endpoint(), pattern);
    unwatchIfNothing(turn, by.endpoint());
    return result;
  }

  /** A task is no more: what it published, and what it subscribed to, goes. */
  void forget(Turn turn, int task) {
    subscriptions.forget(turn, task);
    for (String name : entries.of(task)) {
      remove(turn, name);
    }
  }

  /** The end of a process without entries and subscriptions does not matter. */
  void unwatchIfNothing(Turn turn, int task) {
    if (!subscriptions.has(task) && entries.of(task).isEmpty()) {
      processes.unwatch(turn, task);
    }
  }

  private void remove(Turn turn, String name) {
    if (entries.remove(name) != null) {
      subscriptions.changed(turn, name);
    }
  }
}
