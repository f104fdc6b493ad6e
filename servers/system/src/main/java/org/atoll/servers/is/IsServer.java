package org.atoll.servers.is;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.IsProtocol;
import org.atoll.libsys.LongTable;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;
import org.jspecify.annotations.Nullable;

/**
 * The information server. It knows nothing itself: a table is asked of whoever knows, put into
 * rows, and answered, in pieces where it is long.
 */
public final class IsServer implements Server, IsProtocol.Service, Gathering.Outcome {

  private static final int VERSION = 1;

  /** Tables that are made at once. */
  static final int JOBS_MAX = 64;

  private static final int NAME_BYTES_MAX = 32;

  private final Rows calls = new Rows();
  private final LongTable<Job> jobs = new LongTable<>();
  private final Snapshots snapshots = new Snapshots();
  private final Memory memory = new Memory(calls);
  private final Gathering gathering = new Gathering(new Questions(calls), this);

  @Override
  public Rows calls() {
    return calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    IsProtocol.dispatch(this, turn, request, m);
  }

  @Override
  public void table(Turn turn, long request, long snapshot, long offset) {
    if (snapshot != 0) {
      readOn(turn, request, snapshot, offset);
      return;
    }
    String name = name(turn, request);
    Table table = name == null ? null : Table.of(name);
    if (table == null || offset != 0) {
      turn.reply(request, table == null ? -Errno.ENOENT : -Errno.EINVAL);
    } else if (jobs.size() == JOBS_MAX) {
      turn.reply(request, -Errno.EAGAIN);
    } else {
      Job job = new Job(request, table);
      jobs.put(request, job);
      gathering.begin(turn, job);
    }
  }

  private static @Nullable String name(Turn turn, long request) {
    int bytes = turn.kernel().inBytes(request);
    if (bytes <= 0 || bytes > NAME_BYTES_MAX) {
      return null;
    }
    byte[] name = new byte[bytes];
    turn.kernel().copyIn(request, 0, name, 0, bytes);
    return new String(name, UTF_8);
  }

  private void readOn(Turn turn, long request, long snapshot, long offset) {
    byte[] table = snapshots.get(snapshot);
    if (table == null) {
      turn.reply(request, -Errno.ESTALE);
    } else if (offset < 0 || offset > table.length) {
      turn.reply(request, -Errno.EINVAL);
    } else {
      int bytes = copy(turn, request, table, (int) offset);
      if (offset + bytes == table.length) {
        snapshots.drop(snapshot);
      }
      turn.reply(request, bytes, table.length, snapshot);
    }
  }

  private static int copy(Turn turn, long request, byte[] table, int offset) {
    int bytes = Math.clamp(turn.kernel().outBytes(request), 0, table.length - offset);
    turn.kernel().copyOut(request, 0, table, offset, bytes);
    return bytes;
  }

  @Override
  public void names(Turn turn, long request) {
    byte[] names = Table.labels().getBytes(UTF_8);
    turn.reply(request, copy(turn, request, names, 0));
  }

  @Override
  public void memory(Turn turn, long request, long node) {
    memory.begin(turn, request, node);
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    Step step = Step.of(row.step);
    if (step.isOfMemory()) {
      memory.answered(turn, step, row, answer);
      return;
    }
    Job job = jobs.get(row.w0);
    if (job != null) {
      gathering.answered(turn, job, step, answer);
    }
  }

  @Override
  public void complete(Turn turn, Job job) {
    jobs.remove(job.request);
    byte[] table = Tables.text(job).getBytes(UTF_8);
    int bytes = copy(turn, job.request, table, 0);
    long rest = bytes < table.length ? snapshots.keep(table) : 0;
    turn.reply(job.request, bytes, table.length, rest);
  }

  @Override
  public void failed(Turn turn, Job job, long error) {
    jobs.remove(job.request);
    turn.reply(job.request, error);
  }

  /** What is asked for a table that nobody wants any more goes nowhere. */
  @Override
  public void cancelled(Turn turn, long request) {
    if (jobs.remove(request) != null) {
      turn.reply(request, -Errno.EINTR);
    }
  }

  @Override
  public void save(StateWriter out) {
    out.version(VERSION).writeInt(jobs.size());
    for (int at = jobs.first(); at >= 0; at = jobs.next(at)) {
      jobs.value(at).save(out);
    }
    snapshots.save(out);
  }

  @Override
  public void load(StateReader in) {
    in.version(VERSION);
    for (int left = in.readCount(Long.BYTES); left > 0; left--) {
      Job job = Job.load(in);
      jobs.put(job.request, job);
    }
    snapshots.load(in);
  }
}
