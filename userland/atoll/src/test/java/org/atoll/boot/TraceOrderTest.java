package org.atoll.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceOrderTest {

  @TempDir Path folder;

  private List<String> sorted(List<String> lines) throws IOException {
    Path file = Files.write(folder.resolve("trace"), lines);
    TraceOrder.sort(file);
    return Files.readAllLines(file);
  }

  @Test
  void linesComeInTheOrderOfTheirTimes() throws IOException {
    List<String> lines = List.of("0.000000020 n0 b", "0.000000010 n1 a", "10.000000000 n0 c");
    assertEquals(
        List.of("0.000000010 n1 a", "0.000000020 n0 b", "10.000000000 n0 c"), sorted(lines));
  }

  @Test
  void linesOfOneMomentStayAsTheyWereWritten() throws IOException {
    List<String> lines = List.of("1.000000000 n0 z", "1.000000000 n1 a", "1.000000000 n0 m");
    assertEquals(lines, sorted(lines));
  }

  @Test
  void aLineWithoutATimeStaysBehindTheOneBeforeIt() throws IOException {
    List<String> lines = List.of("2.000000000 n0 b", "of two lines", "1.000000000 n1 a");
    assertEquals(List.of("1.000000000 n1 a", "2.000000000 n0 b", "of two lines"), sorted(lines));
  }

  @Test
  void aFileOfManyWindowsIsSortedInPlace() throws IOException {
    Random late = new Random(11);
    List<String> right = new ArrayList<>();
    for (int i = 0; i < 300_000; i++) {
      right.add(String.format(Locale.ROOT, "%d.%09d n0", i / 1000, i % 1000));
    }
    List<String> lines = new ArrayList<>(right);
    for (int i = 0; i + 1_000 < lines.size(); i += 1_000) {
      lines.add(i + late.nextInt(1_000), lines.remove(i + late.nextInt(1_000)));
    }
    assertEquals(right, sorted(lines), "seed 11");
  }
}
