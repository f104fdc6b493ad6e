package org.atoll.servers.rs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.ConsoleProtocol;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.RsProtocol.Call;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * RS of a VOS of two nodes with one boot task; it is replaced by load(save()) before each event.
 */
final class RsServerTest {

  private static final int RS = 7;
  private static final int PM = 6;
  private static final int CONSOLE = 1;
  private static final int LOADER = 8;
  private static final int MEMBER = Limits.SLOTS_PER_NODE + 2;
  private static final int VM_OF_NODE_1 = Limits.SLOTS_PER_NODE + 1;
  private static final ExecImage COMMAND = new ExecImage("sh", "/", List.of("sh"), List.of("A=b"));

  private final TurnRecorder rs =
      new TurnRecorder(RS, () -> RsServer.create(new BootPlan(2, 1, COMMAND)));

  @BeforeEach
  void begin() {
    rs.serve(Role.PM, PM).serve(Role.VM, 5).serve(Role.CONSOLE, CONSOLE);
    rs.notifyServer(Endpoint.HOST);
    rs.answer(rs.expect(PmProtocol.Call.NODE_UP), 0);
  }

  private void join() {
    long request = rs.ask(MEMBER, Call.JOIN, 1, VM_OF_NODE_1);
    rs.answer(rs.expect(PmProtocol.Call.NODE_UP), 0);
    assertEquals(0, rs.result(request));
  }

  private void load() {
    assertEquals(0, rs.result(rs.ask(LOADER, Call.UP)));
  }

  private static String text(Sent written) {
    return new String(written.in(), StandardCharsets.UTF_8);
  }

  private void halts(int status) {
    assertEquals(status, rs.expect(KernelProtocol.Call.HALT).word(0));
    assertFalse(rs.sentAny(PmProtocol.Call.INIT));
  }

  @Test
  void theCommandStartsWhenAllNodesAndBootTasksAreReady() {
    join();
    assertFalse(rs.sentAny(PmProtocol.Call.INIT));
    load();
    assertTrue(rs.sentAny(PmProtocol.Call.INIT));
    assertEquals(Map.of(), rs.memory().alarms());
  }

  @Test
  void aNodeThatDiesBeforeTheCommandStartsEndsTheVos() {
    load();
    rs.tell(Endpoint.kernelOf(0), Call.NODE_DOWN, 1);
    halts(125);
  }

  @Test
  void aMemberThatDiesBeforeTheCommandStartsEndsTheVosToo() {
    join();
    rs.tell(Endpoint.kernelOf(0), Call.NODE_DOWN, 1);
    load();
    halts(125);
  }

  @Test
  void onlyTheKernelIsBelievedThatANodeIsDead() {
    rs.tell(100, Call.NODE_DOWN, 1);
    assertFalse(rs.sentAny(KernelProtocol.Call.HALT));
  }

  @Test
  void aNodeThatDiesLaterIsNoneOfItsBusiness() {
    join();
    load();
    rs.tell(Endpoint.kernelOf(0), Call.NODE_DOWN, 1);
    assertFalse(rs.sentAny(KernelProtocol.Call.HALT));
  }

  @Test
  void aNodeThatDoesNotJoinIsNotWaitedForForEver() {
    assertEquals(1, rs.memory().alarms().size());
    rs.ring(rs.memory().alarms().keySet().iterator().next());
    Sent told = rs.expect(ConsoleProtocol.Call.WRITE);
    assertEquals("atoll: node 1 has not joined within 60 s\n", text(told));
    rs.answer(told, told.in().length);
    halts(125);
  }

  @Test
  void theFailureOfABootTaskIsShownAndEndsTheVos() {
    join();
    byte[] reason = "image: /x: No space left on device".getBytes(StandardCharsets.UTF_8);
    assertEquals(0, rs.result(rs.askWith(LOADER, reason, 0, Call.FAIL)));
    Sent told = rs.expect(ConsoleProtocol.Call.WRITE);
    assertEquals("atoll: image: /x: No space left on device\n", text(told));
    rs.answer(told, -Errno.EBADF);
    halts(125);
  }

  @Test
  void nobodyCanEndAVosWhoseCommandRuns() {
    join();
    load();
    assertEquals(-Errno.EPERM, rs.result(rs.askWith(100, new byte[1], 0, Call.FAIL)));
    assertFalse(rs.sentAny(ConsoleProtocol.Call.WRITE));
  }

  @Test
  void theStatusOfTheVosIsTheCommands() {
    join();
    load();
    rs.answer(rs.expect(PmProtocol.Call.INIT), 9 << 8);
    assertEquals(9, rs.expect(KernelProtocol.Call.HALT).word(0));
  }

  @Test
  void aCommandThatASignalEndedHas128AndItsNumber() {
    join();
    load();
    rs.answer(rs.expect(PmProtocol.Call.INIT), 9);
    assertEquals(137, rs.expect(KernelProtocol.Call.HALT).word(0));
  }

  @Test
  void aCommandThatIsNotThereIsNamed() {
    join();
    load();
    rs.answer(rs.expect(PmProtocol.Call.INIT), -Errno.ENOENT);
    Sent told = rs.expect(ConsoleProtocol.Call.WRITE);
    assertEquals("atoll: sh: not found\n", text(told));
    rs.answer(told, told.in().length);
    assertEquals(127, rs.expect(KernelProtocol.Call.HALT).word(0));
  }
}
