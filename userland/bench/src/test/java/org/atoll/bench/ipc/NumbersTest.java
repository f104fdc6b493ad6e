package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {

  private static double[] printed(String script) throws IOException, InterruptedException {
    return Numbers.printedBy(List.of("sh", "-c", script));
  }

  @Test
  void theyAreOneALine() throws Exception {
    assertArrayEquals(new double[] {1.5, 2e3}, printed("echo 1.5; echo 2000"));
  }

  @Test
  void whatIsNoneFailsTheRowAlone() {
    IOException odd = assertThrows(IOException.class, () -> printed("echo 1; echo oops"));
    assertEquals("its process (sh ...) printed 'oops' for a number", odd.getMessage());
    IOException ended = assertThrows(IOException.class, () -> printed("echo oops; exit 3"));
    assertEquals("its process (sh ...) ended with status 3", ended.getMessage());
  }
}
