package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Atoll prints and exits as Linux does: every case of the oracle against its record. */
@Tag("system")
class BusyboxCasesTest {
  /** When a case hangs: the longest takes a minute on two quiet cores. */
  private static final Duration LIMIT = Duration.ofSeconds(360);

  private static final int AT_A_TIME = 2;

  private static final ExecutorService RUNNERS = Executors.newFixedThreadPool(AT_A_TIME);

  @AfterAll
  static void stopRunners() {
    RUNNERS.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> aCaseDoesWhatItDoesOnLinux() {
    AtollCommand command = AtollCommand.ofThisBuild();
    command.prepare();
    OracleCase.all().stream().map(OracleCase::image).distinct().forEach(command::prepareImage);
    List<Started> started = OracleCase.all().stream().map(test -> start(command, test)).toList();
    return started.stream().map(s -> dynamicTest(s.test().name(), s::check));
  }

  private static Started start(AtollCommand command, OracleCase test) {
    return new Started(test, RUNNERS.submit(() -> command.run(test, LIMIT)));
  }

  /** A case that runs, or has run, on one of the runners. */
  private record Started(OracleCase test, Future<Outcome> outcome) {
    void check() throws Exception {
      Outcome done = outcome.get();
      String got = OracleRecord.of(test, done);
      if (done.status() == Outcome.TIMED_OUT) {
        fail("not over after " + LIMIT.toSeconds() + " s; until then:\n" + got);
      }
      assertEquals(OracleRecord.expected(test), got, () -> "case " + test.name() + " differs");
    }
  }
}
