package org.atoll.hypercall.coroutine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.atoll.hypercall.cpu.Coroutines;
import org.junit.jupiter.api.Test;

/** A JVM without the flags is told which. */
final class MissingFlagTest {

  private static String says(Supplier<Coroutines> made) {
    try {
      return "made " + made.get();
    } catch (UnsupportedOperationException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  /** Run in that JVM. */
  public static void main(String[] arguments) {
    System.out.println(Continuations.areThere() + " " + VirtualThreads.areThere());
    System.out.println(says(Continuations::new));
    System.out.println(says(VirtualThreads::new));
  }

  @Test
  void whoMakesThemIsToldTheFlagInOneLine() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MissingFlagTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), printed);
    assertEquals(
        List.of(
            "false false",
            "continuations need a JVM that is started with "
                + Continuations.FLAG
                + "; threads of the host need no flag",
            "virtual threads of a CPU need a JVM that is started with "
                + VirtualThreads.FLAG
                + "; threads of the host need no flag"),
        printed.lines().toList());
  }
}
