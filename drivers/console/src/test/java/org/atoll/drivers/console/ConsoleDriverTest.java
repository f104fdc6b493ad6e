package org.atoll.drivers.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.protocol.ConsoleProtocol;
import org.atoll.abi.protocol.ConsoleProtocol.Call;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercall;
import org.atoll.hypercall.Hypercalls;
import org.atoll.hypercall.Streams;
import org.atoll.hypercall.sim.SimulatedStreams;
import org.atoll.hypercall.sim.Simulation;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

class ConsoleDriverTest {

  private static final int VFS = 5;

  private final Simulation simulation = new Simulation(1, 1);
  private final SimulatedStreams streams = simulation.streams();
  private final Hypercalls gate = new Hypercalls(simulation.host(0), streams);
  private final TurnRecorder turn = new TurnRecorder(1, this::fresh);
  private Caller self = new Caller("console", Hypercall.ALL);
  private ConsoleDriver driver = new ConsoleDriver(gate, self);

  private Handler fresh() {
    driver = new ConsoleDriver(gate, self);
    return driver;
  }

  private long read(int bytes, long flags) {
    return turn.askWith(VFS, new byte[0], 100, Call.READ, 0, bytes, flags);
  }

  private long write(String text, long flags) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return turn.askWith(VFS, bytes, 0, Call.WRITE, 1, bytes.length, flags);
  }

  private void channelRaised() {
    driver.notified(turn, Endpoint.HOST);
  }

  private void feed(String text) {
    streams.feed(text.getBytes(StandardCharsets.US_ASCII));
  }

  private String read(long request) {
    int bytes = (int) turn.result(request);
    return new String(Arrays.copyOf(turn.out(request), bytes), StandardCharsets.US_ASCII);
  }

  private String output() {
    return new String(streams.transcript(), StandardCharsets.US_ASCII);
  }

  @Test
  void inputThatIsThereIsReadAtOnceAndNotMoreThanAsked() {
    feed("hello");
    assertEquals("he", read(read(2, 0)));
    assertEquals("llo", read(read(100, 0)));
  }

  @Test
  void readersWaitInTheOrderTheyCame() {
    long first = read(3, 0);
    long second = read(100, 0);
    long third = read(100, 0);
    feed("abcde");
    channelRaised();
    assertEquals("abc", read(first));
    assertEquals("de", read(second));
    assertFalse(turn.isAnswered(third));
    streams.endInput();
    channelRaised();
    assertEquals(0, turn.result(third));
  }

  @Test
  void aReaderDoesNotOvertakeOneThatWaits() {
    long first = read(100, 0);
    feed("late");
    long second = read(100, 0);
    assertFalse(turn.isAnswered(second));
    channelRaised();
    assertEquals("late", read(first));
    assertFalse(turn.isAnswered(second));
  }

  @Test
  void aCancelledReadEatsNothing() {
    long request = read(100, 0);
    turn.cancelRequest(request);
    assertEquals(-Errno.EINTR, turn.result(request));
    feed("kept");
    channelRaised();
    assertEquals("kept", read(read(100, 0)));
  }

  @Test
  void aWriteIsAnsweredWhenAllOfItIsTaken() {
    streams.room(3);
    long first = write("hello", 0);
    long second = write("world", 0);
    assertFalse(turn.isAnswered(first));
    streams.room(100);
    channelRaised();
    assertEquals(5, turn.result(first));
    assertEquals(5, turn.result(second));
    assertEquals("helloworld", output());
  }

  @Test
  void aCancelledWriteTellsItsProgressAndLetsTheNextGoOn() {
    streams.room(3);
    long first = write("hello", 0);
    long second = write("world", 0);
    turn.cancelRequest(second);
    assertEquals(-Errno.EINTR, turn.result(second));
    turn.cancelRequest(first);
    assertEquals(3, turn.result(first));
    assertEquals("hel", output());
  }

  @Test
  void aBrokenOutputIsToldToWhoeverWrites() {
    streams.room(2);
    long started = write("hello", 0);
    streams.breakOutput();
    channelRaised();
    assertEquals(2, turn.result(started));
    assertEquals(-Errno.EPIPE, turn.result(write("more", 0)));
  }

  @Test
  void aFullOutputDoesNotStopTheOtherCalls() {
    streams.room(0);
    write("stuck", 0);
    feed("in");
    assertEquals("in", read(read(100, 0)));
    assertEquals(Streams.PIPE, turn.result(turn.ask(VFS, Call.STATUS, 2)));
  }

  @Test
  void whatMayNotWaitIsAnsweredAtOnce() {
    assertEquals(-Errno.EAGAIN, turn.result(read(100, ConsoleProtocol.NO_WAIT)));
    streams.room(2);
    assertEquals(2, turn.result(write("hello", ConsoleProtocol.NO_WAIT)));
    assertEquals(-Errno.EAGAIN, turn.result(write("llo", ConsoleProtocol.NO_WAIT)));
    long watch = turn.ask(VFS, Call.WATCH, 0, Streams.READABLE, ConsoleProtocol.NO_WAIT);
    assertEquals(0, turn.result(watch));
  }

  @Test
  void aWatchTellsWhatIsReady() {
    long watch = turn.ask(VFS, Call.WATCH, 0, Streams.READABLE);
    long again = turn.ask(VFS, Call.WATCH, 0, Streams.READABLE);
    assertFalse(turn.isAnswered(watch));
    feed("x");
    channelRaised();
    assertEquals(Streams.READABLE, turn.result(watch));
    assertEquals(Streams.READABLE, turn.result(again));
    assertEquals(Streams.WRITABLE, turn.result(turn.ask(VFS, Call.WATCH, 1, Streams.WRITABLE)));
  }

  @Test
  void aTerminalIsMadeRawAndWhatItWas() {
    streams.terminal(24, 80);
    assertEquals(0, turn.result(turn.ask(VFS, Call.MODE, 1)));
    assertTrue(streams.isRaw());
    assertEquals(0, turn.result(turn.ask(VFS, Call.MODE, 0)));
    assertFalse(streams.isRaw());
  }

  @Test
  void whatIsNoTerminalHasNoMode() {
    assertEquals(-Errno.ENOTTY, turn.result(turn.ask(VFS, Call.MODE, 1)));
    assertEquals(-Errno.EINVAL, turn.result(turn.ask(VFS, Call.MODE, 2)));
    assertEquals(-Errno.EINVAL, turn.result(turn.ask(VFS, Call.MODE, 1L << 32)));
  }

  @Test
  void aResizeIsToldToWhoWatchesUntilTheStatusIsAsked() {
    streams.terminal(24, 80);
    turn.ask(VFS, Call.STATUS, 0);
    long watch = turn.ask(VFS, Call.WATCH, 0, ConsoleProtocol.RESIZED);
    assertFalse(turn.isAnswered(watch));
    streams.terminal(50, 132);
    channelRaised();
    assertEquals(ConsoleProtocol.RESIZED, turn.result(watch));
    long again = turn.ask(VFS, Call.WATCH, 0, ConsoleProtocol.RESIZED, ConsoleProtocol.NO_WAIT);
    assertEquals(ConsoleProtocol.RESIZED, turn.result(again));
    turn.ask(VFS, Call.STATUS, 0);
    assertFalse(turn.isAnswered(turn.ask(VFS, Call.WATCH, 0, ConsoleProtocol.RESIZED)));
  }

  @Test
  void aWatchForResizesAndInputTellsEitherAlone() {
    streams.terminal(24, 80);
    turn.ask(VFS, Call.STATUS, 0);
    int both = ConsoleProtocol.RESIZED | Streams.READABLE;
    long first = turn.ask(VFS, Call.WATCH, 0, both);
    feed("x");
    channelRaised();
    assertEquals(Streams.READABLE, turn.result(first));
    read(1, 0);
    long second = turn.ask(VFS, Call.WATCH, 0, both);
    streams.terminal(25, 80);
    channelRaised();
    assertEquals(ConsoleProtocol.RESIZED, turn.result(second));
  }

  @Test
  void malformedWordsAreRefused() {
    assertEquals(-Errno.EINVAL, turn.result(turn.ask(VFS, Call.READ, 3, 1)));
    assertEquals(-Errno.EINVAL, turn.result(turn.ask(VFS, Call.READ, -1, 1)));
    assertEquals(-Errno.EINVAL, turn.result(turn.ask(VFS, Call.WRITE, 1, 7)));
    assertEquals(-Errno.EINVAL, turn.result(turn.ask(VFS, Call.WATCH, 0, 1 << 20)));
    assertEquals(-Errno.EINVAL, turn.result(turn.ask(VFS, Call.STATUS, 9)));
  }

  @Test
  void aDriverWithoutRightsIsRefusedAndCounted() {
    self = new Caller("console", Hypercall.ALL & ~Hypercall.STREAM_WRITE.right());
    assertEquals(-Errno.EPERM, turn.result(write("x", 0)));
    assertEquals(1, gate.refused(Hypercall.STREAM_WRITE));
    assertArrayEquals(new byte[0], streams.transcript());
  }

  @Test
  void aReadOfNothingIsAnsweredAtOnce() {
    assertEquals(0, turn.result(read(0, 0)));
    assertEquals(0, gate.made(Hypercall.STREAM_READ));
  }
}
