package org.atoll.servers.ds;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DsProtocol;

/** The calls, by somebody who is known: what the words say, and the answer. */
final class DsCalls implements DsProtocol.Service {

  private final Entries entries;
  private final Subscriptions subscriptions;
  private final Publishing publishing;
  private final Caller by;

  DsCalls(Entries entries, Subscriptions subscriptions, Publishing publishing, Caller by) {
    this.entries = entries;
    this.subscriptions = subscriptions;
    this.publishing = publishing;
    this.by = by;
  }

  @Override
  public void publish(Turn turn, long request, long flags, long type, long value, long nameBytes) {
    turn.reply(request, publishing.publish(turn, request, by, flags, type, value, nameBytes));
  }

  @Override
  public void delete(Turn turn, long request) {
    turn.reply(request, publishing.delete(turn, request, by));
  }

  @Override
  public void checkpoint(Turn turn, long request) {
    turn.reply(request, publishing.checkpoint(turn, request, by));
  }

  @Override
  public void retrieve(Turn turn, long request, long type) {
    String name = Names.name(turn, request);
    Entry entry = name == null ? null : entries.get(name);
    if (name == null) {
      turn.reply(request, -Errno.EINVAL);
    } else if (entry == null || type != DsProtocol.ANY && type != entry.type()) {
      turn.reply(request, -Errno.ENOENT);
    } else if (isSecret(turn, entry)) {
      turn.reply(request, -Errno.EPERM);
    } else {
      answer(turn, request, entry);
    }
  }

  /** A checkpoint is for its service, and for RS, which gives it back. */
  private boolean isSecret(Turn turn, Entry entry) {
    boolean known = by.endpoint() == entry.owner() || by.endpoint() == turn.role(Role.RS);
    return entry.name().startsWith(DsProtocol.CHECKPOINT) && !known;
  }

  private static void answer(Turn turn, long request, Entry entry) {
    byte[] bytes = entry.bytes();
    int room = Math.max(0, turn.kernel().outBytes(request));
    turn.kernel().copyOut(request, 0, bytes, 0, Math.min(bytes.length, room));
    Message m = turn.scratch();
    m.set(0, bytes.length, entry.value(), entry.owner(), entry.type(), 0, 0, 0);
    turn.reply(request, m);
  }

  @Override
  public void subscribe(Turn turn, long request, long flags) {
    turn.reply(request, publishing.subscribe(turn, request, by, flags));
  }

  @Override
  public void unsubscribe(Turn turn, long request) {
    turn.reply(request, publishing.unsubscribe(turn, request, by));
  }

  @Override
  public void check(Turn turn, long request, long flags) {
    subscriptions.check(turn, request, (flags & DsProtocol.WAIT) != 0);
  }

  @Override
  public void list(Turn turn, long request) {
    Listing.list(turn, request, entries);
  }
}
