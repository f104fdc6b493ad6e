package org.atoll.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.atoll.abi.Limits;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.abi.protocol.Protocols;
import org.atoll.abi.protocol.Protocols.Protocol;
import org.atoll.kernel.Privileges;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A trusted node whose calls mean nothing: the servers of node 0 answer, and none of them fails.
 */
@Timeout(120)
class HostileNodeTest {

  private static final int CALLS = 4_000;

  /** What ends a process or a VOS when it is asked for rightly, or waits for a clock. */
  private static final Set<String> RIGHTFUL =
      Set.of(
          "FAIL", "KILL", "HALT", "DESTROY", "ROLE", "FORGET", "LOCATE", "ADOPT", "SPAWN", "RENEW");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void callsWithoutMeaningAreAnsweredAndHarmNothing(int seed) {
    SimulatedVos vos = new SimulatedVos(spec(), files(), seed, 0, TraceOutput.NONE);
    vos.streams().endInput();
    HostileTask hostile = new HostileTask(new Random(seed), calls(vos.node(0)), 24, CALLS);
    int endpoint = vos.node(1).node().start("hostile", hostile, Privileges.SERVER);
    vos.node(1).node().channel(endpoint).raise();
    vos.runUntil(hostile::done);
    // Status 125 is a server's failure; a program whose file was written over may die rightly.
    int status = vos.node(0).node().haltStatus();
    assertNotEquals(125, status, () -> "seed " + seed + ", " + hostile.last());
    assertEquals(3, vos.node(0).node().nodesUp(), () -> "seed " + seed + ", " + hostile.last());
  }

  private static List<Map.Entry<ProtocolCall, Integer>> calls(BareNode zero) {
    List<Map.Entry<ProtocolCall, Integer>> calls = new ArrayList<>();
    for (Protocol protocol : Protocols.all()) {
      for (int endpoint : servers(zero, protocol.name())) {
        protocol.calls().stream()
            .filter(call -> !RIGHTFUL.contains(call.name()))
            .forEach(call -> calls.add(Map.entry(call, endpoint)));
      }
    }
    return calls;
  }

  private static List<Integer> servers(BareNode zero, String protocol) {
    return switch (protocol) {
      case "kernel" -> List.of(zero.node().kernelEndpoint());
      case "pm" -> List.of(zero.node().role(Role.PM));
      case "vm" -> List.of(zero.node().role(Role.VM));
      case "vfs" -> List.of(zero.node().role(Role.VFS));
      case "fs" -> List.of(zero.node().role(Role.ROOT_FS), zero.node().role(Role.PROC_FS));
      case "console" -> List.of(zero.node().role(Role.CONSOLE));
      case "ds" -> List.of(zero.node().role(Role.DS));
      case "is" -> List.of(zero.node().role(Role.IS));
      case "rs" -> List.of(zero.node().role(Role.RS));
      default -> List.of();
    };
  }

  private static VosSpec spec() {
    ExecImage program = new ExecImage("/wait", "/", List.of("wait"), List.of());
    return new VosSpec(2, Path.of("/"), program, 64L << 20, Limits.PROCESSES_MAX, false);
  }

  private static List<BootFile> files() {
    List<BootFile> files = new ArrayList<>(BootFile.own());
    ByteBuffer program = waiting();
    files.add(new BootFile("wait", BootFile.Kind.REGULAR, 0755, 0, 0, 0, 0, "", program));
    return files;
  }

  /** A program that calls {@code ppoll(NULL, 0, NULL, NULL)} again and again. */
  private static ByteBuffer waiting() {
    int[] code = {
      0x0490_0893, 0x0000_0513, 0x0000_0593, 0x0000_0613, 0x0000_0693, 0x0000_0073, 0xfedf_f06f
    };
    int bytes = 64 + 56 + 4 * code.length;
    ByteBuffer elf = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    elf.putShort((short) 2).putShort((short) 0xf3).putInt(1).putLong(0x1_0000 + 120);
    elf.putLong(64).putLong(0).putInt(0).putShort((short) 64).putShort((short) 56);
    elf.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 0);
    elf.putInt(1).putInt(5).putLong(0).putLong(0x1_0000).putLong(0x1_0000);
    elf.putLong(bytes).putLong(bytes).putLong(4_096);
    for (int instruction : code) {
      elf.putInt(instruction);
    }
    return elf.flip().asReadOnlyBuffer();
  }
}
