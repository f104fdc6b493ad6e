package org.atoll.servers.ds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Collection;
import java.util.TreeSet;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/** What a task subscribed to, and what it has not been told yet. */
final class Subscriber {

  /** Changed names that are kept for it. */
  static final int CHANGES_MAX = 1_024;

  final TreeSet<String> patterns = new TreeSet<>();
  private final TreeSet<String> changed = new TreeSet<>();

  /** More had changed than is kept. */
  private boolean lost;

  /** Its CHECK that waits, or 0. */
  long waiting;

  /** Notes a change that it subscribed to; whether it did. */
  boolean note(String name) {
    boolean concerned = patterns.stream().anyMatch(pattern -> Names.matches(pattern, name));
    if (concerned && !lost) {
      changed.add(name);
      lost = changed.size() > CHANGES_MAX;
    }
    if (lost) {
      changed.clear();
    }
    return concerned;
  }

  boolean hasNews() {
    return lost || !changed.isEmpty();
  }

  /** Takes the news that too much has changed. */
  boolean takeLost() {
    boolean was = lost;
    lost = false;
    return was;
  }

  /** Takes the next changed name, or null. */
  @Nullable String takeChanged() {
    return changed.pollFirst();
  }

  void save(StateWriter out) {
    save(out, patterns);
    save(out, changed);
    out.writeBoolean(lost).writeLong(waiting);
  }

  private static void save(StateWriter out, Collection<String> names) {
    out.writeInt(names.size());
    names.forEach(name -> out.writeBytes(name.getBytes(ISO_8859_1)));
  }

  static Subscriber load(StateReader in) {
    Subscriber subscriber = new Subscriber();
    load(in, subscriber.patterns);
    load(in, subscriber.changed);
    subscriber.lost = in.readBoolean();
    subscriber.waiting = in.readLong();
    return subscriber;
  }

  private static void load(StateReader in, Collection<String> names) {
    for (int left = in.readCount(Integer.BYTES); left > 0; left--) {
      names.add(new String(in.readBytes(), ISO_8859_1));
    }
  }
}
