package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CompilersTest {

  /** Says something when javac and it have been at work, and waits for its input's end then. */
  private static final String PROGRAM =
      """
      void main() throws Exception {
        IO.println("at work".repeat(2).chars().sum());
        System.in.read();
      }
      """;

  @Test
  void theirUserAndSystemTimeCount() {
    String behind = " S 1 2 2 0 -1 4194368 5 0 0 0 31 7 0 0 20 0 19 0 100 1 2 3";
    assertEquals(38, Compilers.ticksOf("77 (C2 CompilerThre)" + behind));
    assertEquals(38, Compilers.ticksOf("77 (C1 CompilerThre)" + behind));
    assertEquals(0, Compilers.ticksOf("77 (java)" + behind));
    assertEquals(0, Compilers.ticksOf("77 (C2 (a) name)" + behind));
  }

  @Test
  void oneThatHasACoreOrWaitsForOneIsAtWork() {
    String behind = " 1 2 2 0 -1 4194368 5 0 0 0 31 7 0 0 20 0 19 0 100 1 2 3";
    assertTrue(Compilers.isAtWork("77 (C2 CompilerThre) R" + behind));
    assertFalse(Compilers.isAtWork("77 (C2 CompilerThre) S" + behind));
    assertFalse(Compilers.isAtWork("77 (java) R" + behind));
  }

  @Test
  void thoseOfAnotherJvmCount() throws IOException, InterruptedException {
    long before = Compilers.ticks();
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path program = Path.of("target", "CompilersTestProgram.java");
    Files.writeString(program, PROGRAM);
    Process jvm = new ProcessBuilder(java.toString(), program.toString()).start();
    try (InputStream said = jvm.getInputStream()) {
      assertTrue(said.read() > 0);
      assertTrue(Compilers.ticks() > before);
    } finally {
      jvm.destroyForcibly();
      var _ = jvm.waitFor();
    }
    assertEquals(before, Compilers.ticks());
  }
}
