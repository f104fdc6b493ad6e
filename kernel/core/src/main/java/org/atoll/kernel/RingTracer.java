package org.atoll.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Message;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercall;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last messages of a node in memory, for some nanoseconds each: four words into a ring of
 * the CPU that commits them. It does not read the clock, see {@link Tracer.Time#LOOKED}.
 *
 * <p>Owner of a ring: its CPU; of the one for other threads, who has its monitor. What was kept is
 * read while no CPU runs. Hot side, but for reading.
 */
public final class RingTracer implements Tracer {

  /** What an entry is about. */
  public enum Kind {
    REQUEST,
    ANSWER,
    MESSAGE,
    NOTIFICATION,
    ALARM,
    CANCEL,
    HYPERCALL
  }

  /**
   * What was seen.
   *
   * @param at where, and the latest time that the CPU knew then
   * @param from who sends; {@link Endpoint#NONE} of a hypercall
   * @param to to whom; of an alarm, whose it is
   * @param type of the message, of a hypercall its number, else 0
   * @param call of a request, its answer and its cancel: the number that its caller gave it, else 0
   * @param word the first word of the message, of an alarm its tag, of a hypercall its result
   */
  public record Entry(Moment at, Kind kind, int from, int to, int type, int call, long word) {

    /** Which call it is about: its caller and that one's number; 0 if it is about none. */
    private long token() {
      return switch (kind) {
        case REQUEST, CANCEL -> CallRecord.token(from, call);
        case ANSWER -> CallRecord.token(to, call);
        default -> 0;
      };
    }

    private boolean follows() {
      return kind == Kind.ANSWER || kind == Kind.CANCEL;
    }
  }

  private static final Kind[] KINDS = Kind.values();

  // An entry: nanoseconds and kind, from and to, call and type, first word.

  private static final int WORDS_SHIFT = 2;
  private static final int KIND_BITS = 3;
  private static final int KIND_MASK = (1 << KIND_BITS) - 1;

  /** The entries of one CPU, or of the other threads. */
  private static final class Ring {
    private final long[] words;

    /** Entries so far, those included that were overwritten. */
    private long count;

    private Ring(int entries) {
      words = new long[entries << WORDS_SHIFT];
    }

    private void keep(long nanos, int kind, int from, int to, int call, int type, long word) {
      long[] all = words;
      int at = (int) (count << WORDS_SHIFT) & all.length - 1;
      all[at] = nanos << KIND_BITS | kind;
      all[at + 1] = pair(from, to);
      all[at + 2] = pair(call, type);
      all[at + 3] = word;
      count++;
    }

    private static long pair(int high, int low) {
      return (long) high << Integer.SIZE | low & 0xffff_ffffL;
    }

    /** What is still there, the oldest first. */
    private List<Entry> entries(int node, int cpu) {
      int held = (int) Math.min(count, words.length >> WORDS_SHIFT);
      List<Entry> entries = new ArrayList<>(held);
      for (long i = count - held; i < count; i++) {
        int at = (int) (i << WORDS_SHIFT) & words.length - 1;
        long who = words[at + 1];
        long what = words[at + 2];
        Moment moment = new Moment(node, cpu, words[at] >> KIND_BITS);
        Kind kind = KINDS[(int) words[at] & KIND_MASK];
        int from = (int) (who >> Integer.SIZE);
        int call = (int) (what >> Integer.SIZE);
        entries.add(new Entry(moment, kind, from, (int) who, (int) what, call, words[at + 3]));
      }
      return entries;
    }
  }

  private final int entriesOfCpu;

  /** Of threads that are no CPU. Guarded by itself. */
  private final Ring others;

  private Ring[] rings = {};
  private int node;

  /**
   * A tracer of one node.
   *
   * @param entriesOfCpu how many are kept of each CPU: a power of two, 32 bytes each
   */
  public RingTracer(int entriesOfCpu) {
    if (Integer.bitCount(entriesOfCpu) != 1 || entriesOfCpu > 1 << 24) {
      throw new IllegalArgumentException(entriesOfCpu + " entries: expected a power of two");
    }
    this.entriesOfCpu = entriesOfCpu;
    this.others = new Ring(entriesOfCpu);
  }

  @Override
  public Time time() {
    return Time.LOOKED;
  }

  @Override
  public void attach(Node to) {
    attach(to.number(), to.cpus());
  }

  void attach(int number, int cpus) {
    node = number;
    Ring[] made = new Ring[cpus];
    for (int i = 0; i < cpus; i++) {
      made[i] = new Ring(entriesOfCpu);
    }
    rings = made;
  }

  /** What is still kept of this node, in its order: see {@link #inOrder}. */
  public List<Entry> entries() {
    return inOrder(List.of(this));
  }

  /**
   * What is still kept of several nodes whose clocks are one, in an order in which it may have
   * happened: what one CPU did as it did it, an answer and a cancel behind their request, and apart
   * from that by the times. Of two CPUs these are as exact as the CPUs' looks at the clock: a
   * message may stand before what its sender had read first.
   */
  public static List<Entry> inOrder(Collection<RingTracer> tracers) {
    List<List<Entry>> rows = new ArrayList<>();
    for (RingTracer each : tracers) {
      for (int cpu = 0; cpu < each.rings.length; cpu++) {
        rows.add(each.rings[cpu].entries(each.node, cpu));
      }
      synchronized (each.others) {
        rows.add(each.others.entries(each.node, Moment.NO_CPU));
      }
    }
    return new Merge(rows).merged();
  }

  /** Puts rows into one, each of which has its order. */
  private static final class Merge {
    private final List<List<Entry>> rows;
    private final int[] next;

    /** Requests that are still in their rows. */
    private final Map<Long, Integer> requests = new HashMap<>();

    private Merge(List<List<Entry>> rows) {
      this.rows = rows;
      next = new int[rows.size()];
      for (List<Entry> row : rows) {
        row.stream()
            .filter(Merge::asks)
            .forEach(each -> requests.merge(each.token(), 1, Integer::sum));
      }
    }

    private static boolean asks(Entry entry) {
      return entry.kind == Kind.REQUEST;
    }

    private List<Entry> merged() {
      List<Entry> all = new ArrayList<>();
      for (int row = first(); row >= 0; row = first()) {
        Entry entry = rows.get(row).get(next[row]++);
        if (asks(entry)) {
          requests.merge(entry.token(), -1, Integer::sum);
        }
        all.add(entry);
      }
      return all;
    }

    /**
     * The row whose first entry is next; -1 when all are empty. When each waits for a request
     * behind another, numbers of calls were used again: then times alone count.
     */
    private int first() {
      int free = first(false);
      return free >= 0 ? free : first(true);
    }

    private int first(boolean any) {
      int found = -1;
      long nanos = Long.MAX_VALUE;
      for (int row = 0; row < next.length; row++) {
        Entry entry = head(row);
        if (entry != null && entry.at.nanos() < nanos && (any || mayBeNext(entry))) {
          found = row;
          nanos = entry.at.nanos();
        }
      }
      return found;
    }

    private @Nullable Entry head(int row) {
      return next[row] < rows.get(row).size() ? rows.get(row).get(next[row]) : null;
    }

    private boolean mayBeNext(Entry entry) {
      return !entry.follows() || requests.getOrDefault(entry.token(), 0) == 0;
    }
  }

  private void keep(Moment at, Kind kind, int from, int to, int call, int type, long word) {
    int cpu = at.cpu();
    if (cpu == Moment.NO_CPU) {
      synchronized (others) {
        others.keep(at.nanos(), kind.ordinal(), from, to, call, type, word);
      }
    } else {
      rings[cpu].keep(at.nanos(), kind.ordinal(), from, to, call, type, word);
    }
  }

  @Override
  public void request(Moment at, int from, int to, long request, Message m, int in, int out) {
    keep(at, Kind.REQUEST, from, to, (int) request, m.type, m.w0);
  }

  @Override
  public void answer(Moment at, int from, int to, long request, Message m, int outBytes) {
    keep(at, Kind.ANSWER, from, to, (int) request, m.type, m.w0);
  }

  @Override
  public void message(Moment at, int from, int to, Message m) {
    keep(at, Kind.MESSAGE, from, to, 0, m.type, m.w0);
  }

  @Override
  public void notified(Moment at, int from, int to) {
    keep(at, Kind.NOTIFICATION, from, to, 0, 0, 0);
  }

  @Override
  public void alarm(Moment at, int task, long tag) {
    keep(at, Kind.ALARM, task, task, 0, 0, tag);
  }

  @Override
  public void cancel(Moment at, int from, int to, long request) {
    keep(at, Kind.CANCEL, from, to, (int) request, 0, 0);
  }

  @Override
  public void hypercall(Moment at, Caller by, Hypercall call, long argument, long result) {
    keep(at, Kind.HYPERCALL, Endpoint.NONE, Endpoint.NONE, 0, call.number(), result);
  }
}
