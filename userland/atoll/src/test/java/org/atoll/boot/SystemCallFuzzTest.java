package org.atoll.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.atoll.abi.Limits;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.programs.Supervisor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Programs that make random system calls, several at once, on a simulated VOS: whatever they ask
 * for, no task of the system fails. Servers are swapped for what they saved all the while.
 *
 * <p>{@code -Datoll.fuzz.seed=N} begins elsewhere, {@code -Datoll.fuzz.seconds=N} goes on for so
 * long, instead of some rounds. A failure prints its seed, which repeats it.
 */
class SystemCallFuzzTest {

  private static final Logger KERNEL = Logger.getLogger("org.atoll.kernel");
  private static final int ROUNDS = 25;
  private static final int CHILDREN = 6;
  private static final int RECORDS = 900;
  private static final int MILLIS = 200;
  private static final int FAILED = 125;

  private final List<String> failures = new ArrayList<>();
  private final Handler failureKeeper =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          StringWriter text = new StringWriter();
          text.append(entry.getMessage()).append('\n');
          if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(text));
          }
          failures.add(text.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void keepFailures() {
    KERNEL.addHandler(failureKeeper);
    KERNEL.setUseParentHandlers(false);
  }

  @AfterEach
  void keepNoMoreFailures() {
    KERNEL.removeHandler(failureKeeper);
    KERNEL.setUseParentHandlers(true);
  }

  @Test
  void noTaskOfTheSystemFails() throws IOException {
    List<FuzzedCall> calls = FuzzedCall.all(Path.of("../../docs/reference/posix.md"));
    long seed = Long.getLong("atoll.fuzz.seed", 1);
    Long seconds = Long.getLong("atoll.fuzz.seconds");
    long end = System.nanoTime() + (seconds == null ? 0 : seconds * 1_000_000_000);
    for (int round = 0; seconds == null ? round < ROUNDS : System.nanoTime() < end; round++) {
      run(calls, seed + round);
    }
  }

  private void run(List<FuzzedCall> calls, long seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    List<BootFile> files = new ArrayList<>(BootFile.own());
    files.add(folder("tmp"));
    List<Supervisor.Child> children = new ArrayList<>();
    int nodes = 1 + chance.nextInt(2);
    for (int child = 0; child < CHILDREN; child++) {
      boolean root = child == 0 && chance.nextInt(3) == 0;
      children.add(new Supervisor.Child(chance.nextInt(nodes), root ? 0 : 1000 + child % 2));
      List<FuzzedCall> drawn =
          root ? calls.stream().filter(SystemCallFuzzTest::spares).toList() : calls;
      files.add(program("c" + child, new FuzzTable(chance.split(), drawn, RECORDS).program()));
    }
    files.add(program("fuzz", Supervisor.executable(children, MILLIS)));
    ExecImage command = new ExecImage("/fuzz", "/", List.of("fuzz"), List.of());
    VosSpec spec =
        new VosSpec(nodes, Path.of("/"), command, 48L << 20, Limits.PROCESSES_MAX, false);
    SimulatedVos vos = new SimulatedVos(spec, files, seed, 50, TraceOutput.NONE);
    vos.streams().endInput();
    int status;
    try {
      status = vos.finish();
    } catch (RuntimeException | Error e) {
      throw new AssertionError("seed " + seed, e);
    }
    assertEquals(List.of(), failures, () -> "seed " + seed);
    assertNotEquals(FAILED, status, () -> "seed " + seed);
  }

  /** Whether a call cannot stop the supervisor, made by root. */
  private static boolean spares(FuzzedCall call) {
    return !call.arguments().contains("signal");
  }

  private static BootFile folder(String path) {
    ByteBuffer nothing = ByteBuffer.allocate(0).asReadOnlyBuffer();
    return new BootFile(path, BootFile.Kind.DIRECTORY, 01777, 0, 0, 0, BootFile.NOW, "", nothing);
  }

  private static BootFile program(String path, byte[] executable) {
    ByteBuffer contents = ByteBuffer.wrap(executable).asReadOnlyBuffer();
    return new BootFile(path, BootFile.Kind.REGULAR, 0755, 0, 0, 0, 0, "", contents);
  }
}
