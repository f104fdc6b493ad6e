package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.VfsProtocol;
import org.junit.jupiter.api.Test;

final class TextTracerTest {

  @Test
  void everyMessageIsALineWithNamesAndDecodedWords() {
    List<String> lines = new ArrayList<>();
    TextTracer tracer = new TextTracer(lines::add, Set.of());
    try (TestNode test = new TestNode(NodeConfig.single(), 1, null, tracer)) {
      test.host.nanos = 1_002_000_003L;
      int vfs =
          test.server(
              "vfs",
              TestTask.serving((t, r, m) -> {
                t.kernel().copyOut(r, 0, new byte[2], 0, 2);
                t.reply(r, m.w0 == -100 ? -Errno.ENOENT : 2);
              }));
      TestTask client = new TestTask();
      int endpoint = test.server("client", client);
      client.start =
          t -> {
            t.callWithBytes(
                vfs,
                VfsProtocol.Call.OPEN.encode(t.scratch(), -100, 0100, 0644),
                new byte[11],
                11,
                0);
            t.callWithBytes(vfs, VfsProtocol.Call.READ.encode(t.scratch(), 3), new byte[0], 0, 9);
            t.send(vfs, PmProtocol.Call.TASK_DIED.encode(t.scratch(), endpoint));
            t.call(vfs, t.scratch().set(0x7777, 1, 2, 3, 4, 5, 6, 7));
            t.notify(vfs);
            t.kernel().setAlarm(4, 0);
          };
      test.node.channel(endpoint).raise();
      test.settle();
    }
    assertEquals(
        List.of(
            "1.002000003 n0 host !> 2.0(client)",
            "1.002000003 n0 2.0(client) -> 1.0(vfs) OPEN dirfd=-100 flags=0100 mode=0644 <path[11]",
            "1.002000003 n0 2.0(client) -> 1.0(vfs) READ fd=3 bytes=0 offset=0 job=0x0 >data[9]",
            "1.002000003 n0 2.0(client) >> 1.0(vfs) TASK_DIED task=2.0",
            "1.002000003 n0 2.0(client) -> 1.0(vfs) 0x7777 w0=1 w1=2 w2=3 w3=4 w4=5 w5=6 w6=7",
            "1.002000003 n0 2.0(client) !> 1.0(vfs)",
            "1.002000003 n0 2.0(client) <- 1.0(vfs) OPEN fd=-ENOENT",
            "1.002000003 n0 2.0(client) <- 1.0(vfs) READ bytes=2 more=0 >data[2]",
            "1.002000003 n0 2.0(client) <- 1.0(vfs) 0x7777 w0=2 w1=0 w2=0 w3=0 w4=0 w5=0 w6=0",
            "1.002000003 n0 2.0(client) @ tag=4"),
        lines);
  }

  @Test
  void hypercallsAreShownWhenAskedForAndTheKernelsOwnNever() {
    List<String> lines = new ArrayList<>();
    TextTracer tracer = new TextTracer(lines::add, Set.of(TextTracer.Part.HYPERCALLS));
    Privileges clockless = new Privileges(Privileges.Sends.ALL, 0, Privileges.RANDOM, 0);
    try (TestNode test = new TestNode(NodeConfig.single(), 1, null, tracer)) {
      TestTask task =
          TestTask.doing(t -> {
            t.kernel().nowNanos();
            t.kernel().random(new byte[8], 0, 8);
          });
      test.node.channel(test.server("clock", task)).raise();
      TestTask refused = TestTask.doing(t -> t.kernel().nowNanos());
      test.node.channel(test.node.start("none", refused, clockless)).raise();
      test.settle();
    }
    lines.removeIf(line -> line.contains(" !> "));
    assertEquals(
        List.of(
            "0.000000000 n0 1.0(clock) => CLOCK_MONOTONIC = 0",
            "0.000000000 n0 1.0(clock) => RANDOM bytes=8 = 0",
            "0.000000000 n0 2.0(none) => CLOCK_MONOTONIC = -EPERM"),
        lines);
  }

  @Test
  void aTaskOfAnotherNodeIsNamedByItsRole() {
    TextTracer tracer = new TextTracer(line -> {}, Set.of());
    try (TestNode test = new TestNode(NodeConfig.of(1, 2), 1, null, tracer)) {
      test.node.role(Role.VFS, 5);
      assertEquals("5.0(vfs)", test.node.describe(5));
      assertEquals("16384.0(kernel)", test.node.describe(test.node.kernelEndpoint()));
      assertEquals(0x100, KernelProtocol.Call.SPAWN.number());
    }
  }
}
