package org.atoll.servers.rs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.ConsoleProtocol;
import org.atoll.abi.protocol.DsProtocol;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.RsProtocol.Call;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;
import org.atoll.servers.rs.BootPlan.BootMount;
import org.atoll.servers.rs.BootPlan.BootService;
import org.atoll.servers.rs.BootPlan.Policy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RS looks after services; it is replaced by load(save()) before each event. */
final class ServicesTest {

  private static final int RS = 7;
  private static final int PM = 6;
  private static final int VFS = 4;
  private static final int CONSOLE = 1;
  private static final int PROCFS = 3;
  private static final int TTY = 8;
  private static final int STRANGER = 100;
  private static final int KERNEL = Endpoint.kernelOf(0);
  private static final BootPlan PLAN =
      new BootPlan(
          1,
          0,
          new ExecImage("sh", "/", List.of("sh"), List.of()),
          List.of(
              new BootService("console", CONSOLE, Policy.RESTARTS),
              new BootService("procfs", PROCFS, Policy.RESTARTS),
              new BootService("tty", TTY, Policy.KEEPS_ITS_STATE),
              new BootService("pm", PM, Policy.ENDS_THE_VOS)),
          List.of(new BootMount(PROCFS, "/a/b")));

  private final TurnRecorder rs = new TurnRecorder(RS, () -> RsServer.create(PLAN));

  @BeforeEach
  void begin() {
    rs.serve(Role.PM, PM).serve(Role.VM, 5).serve(Role.CONSOLE, CONSOLE).serve(Role.VFS, VFS);
    rs.notifyServer(Endpoint.HOST);
    for (int watched : List.of(CONSOLE, PROCFS, TTY)) {
      Sent watch = rs.expect(KernelProtocol.Call.WATCH);
      assertEquals(watched, watch.word(0));
      rs.answer(watch, 0);
    }
  }

  private void fails(int endpoint) {
    rs.tell(KERNEL, Call.FAILED, endpoint);
  }

  private void revived(int endpoint) {
    Sent renewed = rs.expect(KernelProtocol.Call.RENEW);
    assertEquals(endpoint, renewed.word(0));
    assertEquals(KernelProtocol.RESTART, renewed.word(1));
    rs.answer(renewed, 0);
  }

  private long ask(int caller, Call call, String name) {
    return rs.askWith(caller, name.getBytes(StandardCharsets.UTF_8), 4096, call);
  }

  @Test
  void theFirstFailureIsMendedAtOnceAndLaterOnesEverLater() {
    fails(PROCFS);
    revived(PROCFS);
    long delay = 100_000_000;
    for (int failure = 2; failure <= Service.FAILURES_MAX; failure++) {
      fails(PROCFS);
      assertFalse(rs.sentAny(KernelProtocol.Call.RENEW));
      Map<Long, Long> alarms = rs.memory().alarms();
      assertEquals(List.of(Math.min(delay, 5_000_000_000L)), List.copyOf(alarms.values()));
      rs.ring(alarms.keySet().iterator().next());
      revived(PROCFS);
      delay *= 2;
    }
  }

  @Test
  void tooManyFailuresStopAServiceWithALine() {
    for (int failure = 1; failure <= Service.FAILURES_MAX; failure++) {
      fails(PROCFS);
    }
    rs.sentAny(KernelProtocol.Call.RENEW);
    fails(PROCFS);
    Sent told = rs.expect(ConsoleProtocol.Call.WRITE);
    assertEquals(
        "atoll: service procfs failed 11 times within a minute and stays down\n",
        new String(told.in(), StandardCharsets.UTF_8));
  }

  @Test
  void whoseStateTheKernelKeepsEndsTheVosWithALineAfterThreeFailures() {
    for (int failure = 1; failure <= Service.FAILURES_MAX_WITH_STATE; failure++) {
      fails(TTY);
      rs.memory().alarms().keySet().stream().findFirst().ifPresent(rs::ring);
      revived(TTY);
    }
    fails(TTY);
    Sent told = rs.expect(ConsoleProtocol.Call.WRITE);
    assertEquals(
        "atoll: service tty failed 4 times within a minute\n",
        new String(told.in(), StandardCharsets.UTF_8));
    rs.answer(told, 0);
    assertEquals(125, rs.expect(KernelProtocol.Call.HALT).word(0));
  }

  @Test
  void whoseStateTheKernelKeepsIsNotRestartedWithoutIt() {
    assertEquals(-Errno.EPERM, rs.result(ask(CONSOLE, Call.RESTART, "tty")));
  }

  @Test
  void onlyTheKernelIsBelievedThatAServiceFailed() {
    rs.tell(STRANGER, Call.FAILED, PROCFS);
    assertFalse(rs.sentAny(KernelProtocol.Call.RENEW));
  }

  @Test
  void onlyServicesMayChangeServices() {
    for (Call call : List.of(Call.RESTART, Call.UPDATE, Call.KILL, Call.START)) {
      assertEquals(-Errno.EPERM, rs.result(ask(STRANGER, call, "procfs")), call.name());
    }
    assertEquals(-Errno.ENOENT, rs.result(ask(CONSOLE, Call.UPDATE, "nosuch")));
  }

  @Test
  void whatHasTheStateOfTheVosIsNotRestarted() {
    assertEquals(-Errno.EPERM, rs.result(ask(CONSOLE, Call.RESTART, "pm")));
    long killed = ask(CONSOLE, Call.KILL, "pm");
    rs.answer(rs.expect(KernelProtocol.Call.FAIL), 0);
    assertEquals(0, rs.result(killed));
  }

  @Test
  void theTableShowsWhatTheKernelKnows() {
    fails(PROCFS);
    revived(PROCFS);
    long listed = rs.askWith(STRANGER, new byte[0], 4096, Call.SERVICES);
    for (int row = 0; row < 5; row++) {
      rs.answer(rs.expect(KernelProtocol.Call.USAGE), 0, 5_000_000, 0, 17, 2, 0);
    }
    assertTrue(rs.result(listed) > 0);
    String table = new String(rs.out(listed), StandardCharsets.UTF_8);
    assertTrue(table.startsWith("NAME ENDPOINT NODE VERSION RESTARTS"), table);
    assertTrue(table.contains("procfs 3.0 0 2 1 17 5 running\n"), table);
    assertTrue(table.contains("rs 7.0 0 2 0 17 5 running\n"), table);
  }

  @Test
  void namesOfServicesArePublishedAndAnewWhenTheDataStoreBeganAnew() {
    TurnRecorder fresh = new TurnRecorder(RS, () -> RsServer.create(PLAN));
    fresh.serve(Role.DS, PROCFS).serve(Role.VM, 5).serve(Role.CONSOLE, CONSOLE);
    fresh.notifyServer(Endpoint.HOST);
    for (String name : List.of("console", "procfs", "tty", "pm", "rs")) {
      Sent sent = fresh.expect(DsProtocol.Call.PUBLISH);
      assertEquals(name, new String(sent.in(), StandardCharsets.UTF_8));
    }
    fresh.tell(KERNEL, Call.FAILED, PROCFS);
    fresh.answer(fresh.expect(KernelProtocol.Call.RENEW), 0);
    Sent sent = fresh.expect(DsProtocol.Call.PUBLISH);
    assertEquals("console", new String(sent.in(), StandardCharsets.UTF_8));
    assertEquals(CONSOLE, sent.word(2));
  }

  @Test
  void aServiceThatFailsIsGivenItsCheckpoint() {
    rs.serve(Role.DS, 50);
    fails(PROCFS);
    Sent asked = rs.expect(DsProtocol.Call.RETRIEVE);
    assertEquals("checkpoint/procfs", new String(asked.in(), StandardCharsets.UTF_8));
    rs.answerWith(asked, new byte[] {1, 2, 3}, 3);
    assertArrayEquals(new byte[] {1, 2, 3}, rs.expect(KernelProtocol.Call.RENEW).in());
  }

  @Test
  void aServiceThatFailsAgainAndAgainBeginsWithoutItsCheckpoint() {
    rs.serve(Role.DS, 50);
    for (int failure = 1; failure <= 4; failure++) {
      fails(PROCFS);
      rs.memory().alarms().keySet().stream().toList().forEach(rs::ring);
      if (rs.sentAny(DsProtocol.Call.RETRIEVE)) {
        rs.answer(rs.expect(DsProtocol.Call.RETRIEVE), -Errno.ENOENT);
        assertTrue(failure <= 3);
      }
      revived(PROCFS);
    }
    assertFalse(rs.sentAny(DsProtocol.Call.RETRIEVE));
  }

  @Test
  void whoIsRestartedBySomebodyLosesItsCheckpoint() {
    rs.serve(Role.DS, 50);
    ask(CONSOLE, Call.RESTART, "procfs");
    rs.answer(rs.expect(KernelProtocol.Call.RENEW), 0);
    Sent deleted = rs.expect(DsProtocol.Call.DELETE);
    assertEquals("checkpoint/procfs", new String(deleted.in(), StandardCharsets.UTF_8));
  }

  @Test
  void mountsAreMadeBeforeTheCommandStarts() {
    rs.answer(rs.expect(PmProtocol.Call.NODE_UP), 0);
    assertFalse(rs.sentAny(PmProtocol.Call.INIT));
    Sent mount = rs.expect(VfsProtocol.Call.MOUNT);
    assertEquals("3.0/a/bserver", new String(mount.in(), StandardCharsets.UTF_8));
    assertEquals(PROCFS, mount.message().w4);
    rs.answer(mount, 0);
    assertTrue(rs.sentAny(PmProtocol.Call.INIT));
  }

  @Test
  void aMountThatCannotBeMadeEndsTheVosWithALine() {
    rs.answer(rs.expect(PmProtocol.Call.NODE_UP), 0);
    rs.answer(rs.expect(VfsProtocol.Call.MOUNT), -Errno.ENOTDIR);
    Sent told = rs.expect(ConsoleProtocol.Call.WRITE);
    assertEquals(
        "atoll: mount /a/b: Not a directory\n", new String(told.in(), StandardCharsets.UTF_8));
  }
}
