package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atoll.bench.ipc.Change.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of two reports, as files that the benchmark has written. */
class CompareReportsTest {

  private static final String ROW = "sendrec.local.direct";

  @TempDir Path folder = Path.of("");

  private Path report(String row, double allocated, double... medians) throws Exception {
    Figures figures = new Figures(1_000);
    for (double median : medians) {
      figures.add(new Burst(new double[] {median}, allocated, median));
    }
    return report(row, figures, medians.length == 0 ? "no compiler" : null);
  }

  private Path report(String row, Figures figures, @Nullable String reason) throws Exception {
    Row measured =
        new Row(row, "language", "same core", 1_000, new Skipped("never run"), List.of());
    Environment environment = new Environment(Path.of("."), Pinning.HOST, figures.rounds());
    environment.ends(figures.rounds());
    Result result = new Result(measured, figures, reason, false);
    Path file = Files.createTempFile(folder, "report", ".json");
    return Files.writeString(file, new Report(environment, List.of(result)).text());
  }

  private static Verdict verdict(Path first, Path then) throws IOException {
    var changes = CompareReports.changes(ReportFile.read(first), ReportFile.read(then));
    assertEquals(1, changes.size());
    return changes.getFirst().verdict();
  }

  private static int status(Path first, Path then) {
    return Commands.line(new CompareReports()).execute(first.toString(), then.toString());
  }

  @Test
  void roundsThatLieApartAreAChange() throws Exception {
    Path slow = report(ROW, 0, 60, 61, 62, 63);
    Path fast = report(ROW, 0, 40, 41, 42, 43);
    assertEquals(Verdict.SLOWER, verdict(fast, slow));
    assertEquals(Verdict.FASTER, verdict(slow, fast));
    assertEquals(1, status(fast, slow));
    assertEquals(0, status(slow, fast));
  }

  @Test
  void roundsThatOverlapAreNoise() throws Exception {
    Path first = report(ROW, 0, 40, 41, 42, 50);
    Path then = report(ROW, 0, 49, 55, 56, 57);
    assertEquals(Verdict.SAME, verdict(first, then));
    assertEquals(0, status(first, then));
  }

  @Test
  void aSmallDifferenceIsNone() throws Exception {
    Path first = report(ROW, 0, 100, 100, 100, 100);
    assertEquals(Verdict.SAME, verdict(first, report(ROW, 0, 102, 102, 102, 102)));
  }

  @Test
  void threeRoundsProveNothing() throws Exception {
    Path first = report(ROW, 0, 1, 1, 1);
    assertEquals(Verdict.UNKNOWN, verdict(first, report(ROW, 0, 9, 9, 9)));
  }

  @Test
  void aCallThatAllocatesNowIsWorse() throws Exception {
    Path first = report(ROW, 0.1, 40, 40, 40, 40);
    Path then = report(ROW, 24, 40, 40, 40, 40);
    assertEquals(Verdict.ALLOCATES, verdict(first, then));
    assertEquals(1, status(first, then));
  }

  @Test
  void aPeerThatIsSlowerIsNoFault() throws Exception {
    assertEquals(0, status(report("peer.pipe", 0, 1, 1, 1, 1), report("peer.pipe", 0, 9, 9, 9, 9)));
  }

  @Test
  void aRowThatIsNotMeasuredAnyMoreIsWorse() throws Exception {
    Path measured = report(ROW, 0, 1, 1, 1, 1);
    Path skipped = report(ROW, 0);
    assertEquals(Verdict.GONE, verdict(measured, skipped));
    assertEquals(1, status(measured, skipped));
    assertEquals(Verdict.NEW, verdict(skipped, measured));
    assertEquals(0, status(skipped, measured));
    assertEquals(Verdict.MISSING, verdict(skipped, skipped));
    Path other = report("other", 0, 1, 1, 1, 1);
    assertEquals(1, status(measured, other));
    assertEquals(0, status(report("peer.pipe", 0, 1, 1, 1, 1), other));
  }

  /** Most calls take as long as alone; one of four waits. */
  private static Burst waits(double longest) {
    return new Burst(new double[] {1, 1, 1, longest}, 0, 0);
  }

  @Test
  void rowsOfFairnessAreComparedByTheirRates() throws Exception {
    List<Path> reports = new ArrayList<>();
    for (double longest : new double[] {100, 1_000}) {
      Figures figures = new Figures(1);
      for (int round = 0; round < 4; round++) {
        figures.add(waits(longest + round));
      }
      reports.add(report("fair.local.slow", figures, null));
    }
    assertEquals(Verdict.SLOWER, verdict(reports.getFirst(), reports.getLast()));
    assertEquals(Verdict.FASTER, verdict(reports.getLast(), reports.getFirst()));
  }

  @Test
  void whereTheTreesLieIsNoDifferenceOfTheirMachines() throws Exception {
    String text = Files.readString(report(ROW, 0, 1, 1, 1, 1));
    String here = text.replaceFirst("\"flags\": \"[^\"]*", "\"flags\": \"-Xmx1g -Datoll.root=/a");
    Path file = Files.writeString(folder.resolve("here.json"), here);
    assertEquals("-Xmx1g", ReportFile.read(file).environment().get("flags"));
  }

  @Test
  void whatIsNoReportIsSaidInOneLine() throws Exception {
    Path other = Files.writeString(folder.resolve("other.json"), "[1, 2]");
    String said = assertThrows(IOException.class, () -> ReportFile.read(other)).getMessage();
    assertTrue(said.endsWith("other.json: not written by atoll bench ipc --json"), said);
    assertEquals(125, status(other, other));
    Path binary = Files.write(folder.resolve("binary.json"), new byte[] {-1, -2});
    said = assertThrows(IOException.class, () -> ReportFile.read(binary)).getMessage();
    assertTrue(said.endsWith("binary.json: not written by atoll bench ipc --json"), said);
    said = assertThrows(IOException.class, () -> ReportFile.read(folder)).getMessage();
    assertEquals(folder + ": is a folder", said);
  }
}
