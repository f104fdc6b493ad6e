package org.atoll.servers.vfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol.Call;
import org.atoll.abi.protocol.ProcessRecord;

/** A PM that knows the processes that a test names, and answers what procfs asks. */
final class TestPm implements Handler {

  /** Users by process id: what a test says is there. */
  static final class World {
    final Map<Integer, Integer> users = new TreeMap<>();
  }

  private final World world;

  TestPm(World world) {
    this.world = world;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    if (m.type == Call.LIST.number()) {
      list(turn, request, m.w0);
    } else if (m.type == Call.NODES.number()) {
      turn.reply(request, 1, 1);
    } else if (m.type == Call.COMMAND_LINE.number()) {
      byte[] line = ("prog\0of\0" + m.w0 + "\0").getBytes(ISO_8859_1);
      turn.kernel().copyOut(request, 0, line, 0, line.length);
      turn.reply(request, line.length);
    } else {
      turn.reply(request, -Errno.ENOSYS);
    }
  }

  private void list(Turn turn, long request, long first) {
    int room = turn.kernel().outBytes(request) / ProcessRecord.BYTES;
    int count = 0;
    for (Map.Entry<Integer, Integer> process : world.users.entrySet()) {
      if (process.getKey() >= first && count < room) {
        byte[] record = record(process.getKey(), process.getValue());
        turn.kernel().copyOut(request, count++ * record.length, record, 0, record.length);
      }
    }
    turn.reply(request, count, 0, 7);
  }

  private static byte[] record(int pid, int uid) {
    ByteBuffer record = ByteBuffer.allocate(ProcessRecord.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    record.putInt(ProcessRecord.PID, pid).putInt(ProcessRecord.PARENT, 1);
    record.putInt(ProcessRecord.UID, uid).putInt(ProcessRecord.GID, uid);
    record.putInt(ProcessRecord.STATE, 'S').putInt(ProcessRecord.VM, Endpoint.NONE);
    record.put(ProcessRecord.NAME, "prog".getBytes(ISO_8859_1));
    return record.array();
  }

  @Override
  public void message(Turn turn, Message m) {}

  @Override
  public void notified(Turn turn, int source) {}

  @Override
  public void answered(Turn turn, long call, Message m) {}

  @Override
  public void alarm(Turn turn, long tag) {}

  @Override
  public void cancelled(Turn turn, long request) {}

  @Override
  public void save(StateWriter out) {}

  @Override
  public void load(StateReader in) {}

  @Override
  public void restore(StateReader in) {}
}
