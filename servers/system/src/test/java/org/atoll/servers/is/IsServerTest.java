package org.atoll.servers.is;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.DsProtocol;
import org.atoll.abi.protocol.IsProtocol.Call;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.abi.protocol.RsProtocol;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libsys.ServerLoop;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

/**
 * The information server of a VOS with the nodes 0 and 1, where others are what the test answers in
 * their place. It is replaced by {@code load(save())} before every event.
 */
final class IsServerTest {

  private static final int ASKER = 50;
  private static final int SHELL = 20;
  private static final String TITLE =
      "ENDPOINT NAME STATE CPU-MS EVENTS CALLS MAILBOX ALARMS GRANTS\n";

  private final TurnRecorder is = new TurnRecorder(9, () -> new ServerLoop(IsServer::new));

  IsServerTest() {
    is.serve(Role.PM, 6).serve(Role.RS, 7).serve(Role.DS, 8);
  }

  private long ask(String table, int room) {
    return is.askWith(ASKER, table.getBytes(UTF_8), room, Call.TABLE, 0, 0);
  }

  private String out(long request) {
    return new String(Arrays.copyOf(is.out(request), (int) is.result(request)), UTF_8);
  }

  private Sent asked(int node, KernelProtocol.Call call) {
    Sent sent = is.expect(call);
    assertEquals(Endpoint.kernelOf(node), sent.destination());
    return sent;
  }

  private void tasks(int node, String rows) {
    byte[] table = (TITLE + rows).getBytes(UTF_8);
    is.answerWith(asked(node, KernelProtocol.Call.TASKS), table, table.length, 0);
  }

  /** The nodes with a task each, and the process 2, which is the shell's. */
  private void gather() {
    is.answer(is.expect(PmProtocol.Call.NODES), 2, 3);
    tasks(0, "6.0 pm idle 1 2 0 0 0 0\n20.0 process idle 5 6 1 0 0 0\n");
    tasks(1, "16385.0 vm idle 0 1 0 0 0 0\n");
    is.answerWith(is.expect(PmProtocol.Call.LIST), record(2, SHELL, "sh"), 1);
  }

  @Test
  void tasksOfAllNodesHaveTheirPidsAndCommands() {
    long request = ask("tasks", 4_096);
    gather();
    assertEquals(
        """
        NODE ENDPOINT PID NAME STATE CPU-MS EVENTS CALLS MAILBOX ALARMS GRANTS
        0 6.0 - pm idle 1 2 0 0 0 0
        0 20.0 2 sh idle 5 6 1 0 0 0
        1 16385.0 - vm idle 0 1 0 0 0 0
        """,
        out(request));
  }

  private static byte[] record(int pid, int endpoint, String name) {
    byte[] record = new byte[ProcessRecord.BYTES];
    ByteBuffer words = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    words.putInt(ProcessRecord.PID, pid).putInt(ProcessRecord.ENDPOINT, endpoint);
    words.put(ProcessRecord.NAME, name.getBytes(UTF_8));
    return record;
  }

  @Test
  void aCommandIsOneWordWhateverItsName() {
    long request = ask("tasks", 4_096);
    is.answer(is.expect(PmProtocol.Call.NODES), 1, 1);
    tasks(0, "20.0 process idle 5 6 1 0 0 0\n");
    is.answerWith(is.expect(PmProtocol.Call.LIST), record(2, SHELL, "a b\n"), 1);
    assertTrue(out(request).endsWith("0 20.0 2 a_b_ idle 5 6 1 0 0 0\n"), out(request));
  }

  @Test
  void processesComeInPieces() {
    long request = ask("tasks", 4_096);
    is.answer(is.expect(PmProtocol.Call.NODES), 1, 1);
    tasks(0, "20.0 process idle 5 6 1 0 0 0\n");
    ByteBuffer first = ByteBuffer.allocate(Questions.PROCESSES_MAX * ProcessRecord.BYTES);
    for (int i = 0; i < Questions.PROCESSES_MAX; i++) {
      first.put(record(100 + i, 1_000 + i, "other"));
    }
    is.answerWith(is.expect(PmProtocol.Call.LIST), first.array(), Questions.PROCESSES_MAX);
    Sent second = is.expect(PmProtocol.Call.LIST);
    assertEquals(100 + Questions.PROCESSES_MAX, second.word(0));
    is.answerWith(second, record(900, SHELL, "sh"), 1);
    assertTrue(out(request).endsWith("0 20.0 900 sh idle 5 6 1 0 0 0\n"), out(request));
  }

  @Test
  void callsSayWhoWaitsForWhom() {
    long request = ask("calls", 4_096);
    gather();
    byte[] row = "20.0 6.0 WAIT taken 0 0\n".getBytes(UTF_8);
    is.answerWith(asked(0, KernelProtocol.Call.UNDER_WAY), row, row.length, 0);
    is.answer(asked(1, KernelProtocol.Call.UNDER_WAY), 0, 0);
    assertEquals(
        """
        NODE CALLER PID NAME CALLEE PID NAME CALL PROGRESS IN-BYTES OUT-BYTES
        0 20.0 2 sh 6.0 - pm WAIT taken 0 0
        """,
        out(request));
  }

  @Test
  void aNodeThatDiesMeanwhileIsLeftOut() {
    long request = ask("nodes", 4_096);
    gather();
    is.answer(asked(0, KernelProtocol.Call.WHO), 0, 5);
    is.answer(is.expect(VmProtocol.Call.TOTALS), 4_096, 2_048, 1_024);
    is.answer(asked(1, KernelProtocol.Call.WHO), -Errno.EDEADSRCDST);
    assertEquals(
        "NODE TASKS PROCESSES MEMORY-KIB FREE-KIB CACHED-KIB\n0 2 1 4 2 1\n", out(request));
  }

  @Test
  void aNodeThatDiesWhileItsMemoryIsAskedForIsLeftOut() {
    long request = ask("nodes", 4_096);
    gather();
    is.answer(asked(0, KernelProtocol.Call.WHO), 0, 5);
    is.answer(is.expect(VmProtocol.Call.TOTALS), 4_096, 2_048, 1_024);
    is.answer(asked(1, KernelProtocol.Call.WHO), 0, 6);
    is.answer(is.expect(VmProtocol.Call.TOTALS), -Errno.EDEADSRCDST);
    assertEquals(
        "NODE TASKS PROCESSES MEMORY-KIB FREE-KIB CACHED-KIB\n0 2 1 4 2 1\n", out(request));
  }

  @Test
  void memoryIsThatOfAllNodesThatAreUp() {
    long request = is.ask(ASKER, Call.MEMORY, -1);
    is.answer(is.expect(PmProtocol.Call.NODES), 3, 7);
    is.answer(asked(0, KernelProtocol.Call.WHO), 0, 5);
    is.answer(is.expect(VmProtocol.Call.TOTALS), 4_096, 2_048, 1_024);
    is.answer(asked(1, KernelProtocol.Call.WHO), -Errno.EDEADSRCDST);
    is.answer(asked(2, KernelProtocol.Call.WHO), 0, 6);
    is.answer(is.expect(VmProtocol.Call.TOTALS), 8_192, 1, 2);
    assertEquals(12_288, is.result(request));
    assertEquals(2_049, is.word(request, 1));
    assertEquals(1_026, is.word(request, 2));
  }

  @Test
  void aNodeThatIsNotUpHasNoMemory() {
    long request = is.ask(ASKER, Call.MEMORY, 1);
    is.answer(is.expect(PmProtocol.Call.NODES), 1, 1);
    assertEquals(-Errno.ENXIO, is.result(request));
    assertEquals(-Errno.EINVAL, is.result(is.ask(ASKER, Call.MEMORY, 64)));
  }

  @Test
  void aKernelsTasksMayComeInPieces() {
    long request = ask("tasks", 4_096);
    is.answer(is.expect(PmProtocol.Call.NODES), 1, 1);
    byte[] first = (TITLE + "6.0 pm idle 1 2 0 0 0 0\n").getBytes(UTF_8);
    is.answerWith(asked(0, KernelProtocol.Call.TASKS), first, first.length, 77);
    Sent second = asked(0, KernelProtocol.Call.TASKS);
    assertEquals(77, second.word(0));
    byte[] rest = "7.0 rs idle 0 0 0 0 0 0\n".getBytes(UTF_8);
    is.answerWith(second, rest, rest.length, 0);
    is.answer(is.expect(PmProtocol.Call.LIST), 0);
    assertTrue(out(request).endsWith("0 6.0 - pm idle 1 2 0 0 0 0\n0 7.0 - rs idle 0 0 0 0 0 0\n"));
  }

  @Test
  void aTableLongerThanTheBufferIsReadOnFromTheSameSnapshot() {
    long request = ask("services", 10);
    byte[] rows = "NAME ENDPOINT\npm 6.0\n".getBytes(UTF_8);
    is.answerWith(is.expect(RsProtocol.Call.SERVICES), rows, rows.length);
    assertEquals("NAME ENDPO", out(request));
    assertEquals(rows.length, is.word(request, 1));
    long snapshot = is.word(request, 2);
    long rest = is.askWith(ASKER, new byte[0], 100, Call.TABLE, snapshot, 10);
    assertEquals("INT\npm 6.0\n", out(rest));
    long again = is.askWith(ASKER, new byte[0], 100, Call.TABLE, snapshot, 10);
    assertEquals(-Errno.ESTALE, is.result(again));
  }

  private long begunSnapshot() {
    long request = ask("services", 10);
    byte[] rows = "NAME ENDPOINT\npm 6.0\n".getBytes(UTF_8);
    is.answerWith(is.expect(RsProtocol.Call.SERVICES), rows, rows.length);
    return is.word(request, 2);
  }

  @Test
  void theOldestOfTooManySnapshotsGivesWay() {
    long oldest = begunSnapshot();
    long second = begunSnapshot();
    for (int more = 2; more <= Snapshots.COUNT_MAX; more++) {
      begunSnapshot();
    }
    long late = is.askWith(ASKER, new byte[0], 100, Call.TABLE, oldest, 10);
    assertEquals(-Errno.ESTALE, is.result(late));
    long inTime = is.askWith(ASKER, new byte[0], 100, Call.TABLE, second, 10);
    assertEquals("INT\npm 6.0\n", out(inTime));
  }

  @Test
  void soManyTablesAreMadeAtOnce() {
    for (int i = 0; i < IsServer.JOBS_MAX; i++) {
      ask("services", 10);
    }
    assertEquals(-Errno.EAGAIN, is.result(ask("services", 10)));
  }

  @Test
  void whatIsPublishedComesInPieces() {
    long request = ask("ds", 4_096);
    byte[] first = "NAME TYPE\na u32\n".getBytes(UTF_8);
    is.answerWith(is.expect(DsProtocol.Call.LIST), first, first.length, 1);
    Sent second = is.expect(DsProtocol.Call.LIST);
    assertEquals("a", new String(second.in(), UTF_8));
    byte[] rest = "b u64\n".getBytes(UTF_8);
    is.answerWith(second, rest, rest.length, 0);
    assertEquals("NAME TYPE\na u32\nb u64\n", out(request));
  }

  @Test
  void anUnknownTableIsNotThere() {
    assertEquals(-Errno.ENOENT, is.result(ask("nosuch", 100)));
    long names = is.askWith(ASKER, new byte[0], 100, Call.NAMES);
    assertEquals("tasks\ncalls\nnodes\nservices\nds\n", out(names));
  }

  @Test
  void whoDoesNotWaitAnyMoreIsAnsweredOnce() {
    long request = ask("tasks", 100);
    is.cancelRequest(request);
    assertEquals(-Errno.EINTR, is.result(request));
    is.answer(is.expect(PmProtocol.Call.NODES), 1, 1);
    assertFalse(is.sentAny(KernelProtocol.Call.TASKS));
  }

  @Test
  void theFailureOfWhoKnowsIsTheAnswer() {
    long request = ask("services", 100);
    is.answer(is.expect(RsProtocol.Call.SERVICES), -Errno.EDEADSRCDST);
    assertEquals(-Errno.EDEADSRCDST, is.result(request));
  }
}
