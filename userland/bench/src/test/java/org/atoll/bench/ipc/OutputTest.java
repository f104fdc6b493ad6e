package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be written are refused before anything is measured. */
class OutputTest {

  @TempDir Path folder = Path.of("");

  private Path file = Path.of("");

  @BeforeEach
  void makeFile() throws IOException {
    file = Files.writeString(folder.resolve("file"), "");
  }

  private static String refusal(Path of) {
    return assertThrows(IOException.class, () -> Output.check("--json", of)).getMessage();
  }

  @Test
  void whatCannotBeWrittenIsSaidWithItsOption() {
    Path lost = folder.resolve("lost/out.json");
    assertEquals("--json " + lost + ": there is no folder " + lost.getParent(), refusal(lost));
    assertEquals("--json " + folder + ": is a folder, expected a file", refusal(folder));
    Path below = file.resolve("out.json");
    assertEquals("--json " + below + ": there is no folder " + file, refusal(below));
  }

  @Test
  void stdoutIsForOneAloneAndSoIsEachFile() {
    String out = folder.resolve("out").toString();
    for (String[] words :
        List.of(
            new String[] {"--raw", "-"},
            new String[] {"--report", "-"},
            new String[] {"--json", out, "--raw", out},
            new String[] {"--json", out, "--report", out},
            new String[] {"--raw", out, "--report", out})) {
      assertEquals(125, Commands.line(new IpcBenchmark()).execute(words));
    }
  }

  @Test
  void aFileThatIsThereOrCanBeIsNotTouched() throws IOException {
    assertDoesNotThrow(() -> Output.check("--json", file));
    assertDoesNotThrow(() -> Output.check("--json", folder.resolve("new.json")));
    assertDoesNotThrow(() -> Output.check("--json", Path.of("new.json")));
    assertDoesNotThrow(() -> Output.check("--json", Path.of("/dev/null")));
    try (var there = Files.list(folder)) {
      assertEquals(1, there.count());
    }
  }

  @Test
  void commandsLookBeforeTheyMeasure() {
    String below = file.resolve("out").toString();
    for (String option : List.of("--json", "--raw", "--hgrm", "--report")) {
      assertEquals(125, Commands.line(new IpcBenchmark()).execute(option, below), option);
    }
    for (String option : List.of("--json", "--raw", "--hgrm")) {
      assertEquals(125, Commands.line(new SyscallBenchmark()).execute(option, below), option);
      assertEquals(125, Commands.line(new FairnessBenchmark()).execute(option, below), option);
    }
  }
}
