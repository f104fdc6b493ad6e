package org.atoll.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.atoll.abi.Limits;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.ExecImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers and boot tasks that fail at some event: their scope ends, with one line, and no more. */
@Timeout(300)
class FailingServerTest {

  private static final Logger KERNEL = Logger.getLogger("org.atoll.kernel");
  private static final long MEMORY_BYTES = 64L << 20;

  private final List<String> lines = new ArrayList<>();
  private final Handler lineKeeper =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          lines.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void keepLines() {
    KERNEL.addHandler(lineKeeper);
    KERNEL.setUseParentHandlers(false);
  }

  @AfterEach
  void keepNoMoreLines() {
    KERNEL.removeHandler(lineKeeper);
    KERNEL.setUseParentHandlers(true);
  }

  private static VosSpec spec(int nodes, long memoryBytes, String... words) {
    ExecImage program = new ExecImage(words[0], "/", List.of(words), List.of("PATH=/usr/bin"));
    return new VosSpec(nodes, Path.of("/"), program, memoryBytes, Limits.PROCESSES_MAX, false);
  }

  private static SimulatedVos vos(int nodes, String... words) {
    VosSpec spec = spec(nodes, MEMORY_BYTES, words);
    SimulatedVos vos = new SimulatedVos(spec, BootFile.own(), 3, 0, TraceOutput.NONE);
    vos.streams().endInput();
    return vos;
  }

  /** The server of a role fails when so many events have come to it. */
  private static void failLater(BareNode node, Role role, int events) {
    int endpoint = node.node().role(role);
    Supplier<org.atoll.abi.Handler> fresh =
        node.services().stream()
            .filter(service -> service.endpoint() == endpoint)
            .findFirst()
            .orElseThrow()
            .fresh();
    node.node().replace(endpoint, () -> new FailingHandler(fresh.get(), events));
  }

  @ParameterizedTest
  @CsvSource({
    "PM, pm, 1",
    "PM, pm, 6",
    "VM, vm, 1",
    "VM, vm, 9",
    "VFS, vfs, 1",
    "VFS, vfs, 7",
    "ROOT_FS, tmpfs, 1",
    "ROOT_FS, tmpfs, 20",
    "RS, rs, 1",
    "RS, rs, 3",
  })
  void aServerOfNode0ThatFailsEndsTheVosWithOneLine(Role role, String name, int events) {
    SimulatedVos vos = vos(2, "onnode", "1", "/usr/bin/vps");
    failLater(vos.node(0), role, events);
    assertEquals(125, vos.finish());
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.getFirst().contains("(" + name + ") failed in "), lines::toString);
  }

  @Test
  void theVmOfAnotherNodeThatFailsEndsThatNodeAlone() {
    SimulatedVos vos = vos(2, "onnode", "1", "/usr/bin/vps");
    failLater(vos.node(1), Role.VM, 3);
    assertEquals(137, vos.finish(), lines::toString);
    assertEquals(2, lines.size(), lines::toString);
    assertTrue(lines.getFirst().startsWith("node 1: "), lines::toString);
    assertTrue(lines.getFirst().contains("(vm) failed in "), lines::toString);
    assertTrue(lines.getLast().startsWith("node 0: node 1 is dead"), lines::toString);
  }

  @ParameterizedTest
  @CsvSource({"CONSOLE, console, 1", "PROC_FS, procfs, 1"})
  void aServerWhoseLossIsHarmlessBeginsAnew(Role role, String name, int events) {
    SimulatedVos vos = vos(1, "vps");
    failLater(vos.node(0), role, events);
    vos.finish();
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.getFirst().contains("(" + name + ") failed in "), lines::toString);
    assertFalse(lines.getFirst().contains("ends"), lines::toString);
  }

  @Test
  void anImageThatTheMemoryDoesNotHoldIsRefusedWithALine() {
    List<BootFile> files = new ArrayList<>(BootFile.own());
    files.add(
        new BootFile(
            "big",
            BootFile.Kind.REGULAR,
            0644,
            0,
            0,
            0,
            0,
            "",
            ByteBuffer.allocate(32 << 20).asReadOnlyBuffer()));
    VosSpec spec = spec(1, 16L << 20, "vps");
    SimulatedVos vos = new SimulatedVos(spec, files, 3, 0, TraceOutput.NONE);
    assertEquals(125, vos.finish());
    String shown = new String(vos.streams().errors(), StandardCharsets.UTF_8);
    assertEquals(
        "atoll: image: /big: No space left on device (--memory gives nodes more)\n", shown);
    assertEquals(List.of(), lines);
  }

  @Test
  void aBootTaskThatFailsEndsTheVosWithOneLine() {
    List<BootFile> files = new ArrayList<>();
    BootFile.own().stream().filter(file -> !file.path().equals("usr")).forEach(files::add);
    VosSpec spec = spec(1, MEMORY_BYTES, "vps");
    SimulatedVos vos = new SimulatedVos(spec, files, 3, 0, TraceOutput.NONE);
    assertEquals(125, vos.finish());
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.getFirst().contains("(image) failed in "), lines::toString);
  }
}
