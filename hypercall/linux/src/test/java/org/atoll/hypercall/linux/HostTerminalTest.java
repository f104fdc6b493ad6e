package org.atoll.hypercall.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.atoll.abi.Errno;
import org.atoll.hypercall.Streams;
import org.junit.jupiter.api.Test;

/** Raw mode and window size, on a real pseudo-terminal; its emulator's end is the test's. */
class HostTerminalTest {

  private static final int NO_FD = 1_000_000;

  private final Libc libc = new Libc();
  private final TestDescriptors host = new TestDescriptors(libc);
  private final int[] terminal = host.terminal();
  private final Semaphore raised = new Semaphore(0);
  private final LinuxStreams streams = new LinuxStreams(libc, terminal[1], terminal[1], NO_FD);
  private final byte[] bytes = new byte[100];

  HostTerminalTest() {
    streams.channel(raised::release);
  }

  private String settings() {
    return host.settings(terminal[1]);
  }

  @Test
  void rawBytesComeAndGoAsTheyAre() throws InterruptedException {
    assertEquals(0, streams.terminalMode(Streams.RAW));
    streams.watch(0, Streams.READABLE);
    host.write(terminal[0], "\3\r\21");
    assertTrue(raised.tryAcquire(60, TimeUnit.SECONDS), "no input without a line's end");
    assertEquals(3, streams.read(0, bytes, 0, 100));
    assertEquals("\3\r\21", new String(bytes, 0, 3, StandardCharsets.US_ASCII));
    bytes[0] = '\n';
    assertEquals(1, streams.write(1, bytes, 0, 1));
    bytes[0] = '!';
    assertEquals(1, streams.write(1, bytes, 0, 1));
    assertEquals("\n!", host.readFully(terminal[0], 2));
  }

  @Test
  void theTerminalIsGivenBackAsItWas() {
    String before = settings();
    streams.terminalMode(Streams.RAW);
    streams.terminalMode(Streams.RAW);
    streams.terminalMode(Streams.RESTORED);
    assertEquals(before, settings());
    streams.terminalMode(Streams.RAW);
    streams.close();
    streams.close();
    assertEquals(before, settings());
    assertEquals(-Errno.ENOTTY, streams.terminalMode(Streams.RAW));
  }

  @Test
  void whatAnotherHasSetInTheMeantimeStays() {
    streams.terminalMode(Streams.RAW);
    host.breakLines(terminal[1]);
    String others = settings();
    streams.close();
    assertEquals(others, settings());
  }

  @Test
  void aStopGivesTheTerminalBackAndGoingOnTakesItAgain() {
    String before = settings();
    streams.terminalMode(Streams.RAW);
    String raw = settings();
    streams.terminal().stopping();
    assertEquals(before, settings());
    streams.terminal().resumed();
    assertEquals(raw, settings());
    streams.close();
    assertEquals(before, settings());
  }

  @Test
  void goingOnChangesNothingWhenTheTerminalIsNotRaw() {
    String before = settings();
    streams.terminal().resumed();
    assertEquals(before, settings());
  }

  @Test
  void onlyOneTerminalForBothStreamsHasModes() {
    int[] other = host.terminal();
    assertEquals(-Errno.ENOTTY, mode(terminal[1], other[1]));
    assertEquals(-Errno.ENOTTY, mode(terminal[1], host.pipe()[1]));
    assertEquals(-Errno.ENOTTY, mode(NO_FD, NO_FD));
    assertEquals(-Errno.EINVAL, streams.terminalMode(2));
  }

  private int mode(int input, int output) {
    return new LinuxStreams(libc, input, output, NO_FD).terminalMode(Streams.RAW);
  }

  @Test
  void aResizeIsAnEventUntilTheStatusIsAsked() throws InterruptedException {
    host.size(terminal[0], 24, 80);
    assertEquals(Streams.RESIZED, streams.ready(0, Streams.RESIZED));
    streams.status(0);
    assertEquals(0, streams.ready(0, Streams.RESIZED));
    streams.watch(0, Streams.RESIZED);
    host.size(terminal[0], 50, 132);
    streams.windowChanged();
    assertTrue(raised.tryAcquire(60, TimeUnit.SECONDS), "nobody was told");
    assertEquals(Streams.RESIZED, streams.ready(0, Streams.RESIZED | Streams.READABLE));
    assertEquals(Streams.TERMINAL | 50L << 16 | 132L << 32, streams.status(0));
    assertEquals(0, streams.ready(0, Streams.RESIZED));
  }

  @Test
  void aResizeBeforeTheWatchIsNotLost() throws InterruptedException {
    streams.status(0);
    host.size(terminal[0], 50, 132);
    streams.windowChanged();
    streams.watch(0, Streams.RESIZED);
    assertTrue(raised.tryAcquire(60, TimeUnit.SECONDS), "nobody was told");
  }
}
