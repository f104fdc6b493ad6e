package org.atoll.hypercall.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.atoll.abi.Errno;
import org.atoll.hypercall.Streams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxStreamsTest {

  private static final int O_NONBLOCK = 0x800;
  private static final int NO_FD = 1_000_000;

  private final Libc libc = new Libc();
  private final TestDescriptors host = new TestDescriptors(libc);
  private final Semaphore raised = new Semaphore(0);
  private final byte[] bytes = new byte[65_536];

  private LinuxStreams streams(int input, int output) {
    LinuxStreams streams = new LinuxStreams(libc, input, output, NO_FD);
    streams.channel(raised::release);
    return streams;
  }

  private String text(int count) {
    return new String(bytes, 0, count, StandardCharsets.US_ASCII);
  }

  private void awaitRaise() throws InterruptedException {
    assertTrue(raised.tryAcquire(60, TimeUnit.SECONDS), "the channel was not raised");
  }

  @Test
  void aPipeGivesWhatIsThereAndThenItsEnd() {
    int[] pipe = host.pipe();
    LinuxStreams streams = streams(pipe[0], NO_FD);
    assertEquals(-Errno.EAGAIN, streams.read(0, bytes, 0, 100));
    host.write(pipe[1], "hello");
    assertEquals(Streams.READABLE, streams.ready(0, Streams.READABLE));
    assertEquals(5, streams.read(0, bytes, 0, 100));
    assertEquals("hello", text(5));
    host.close(pipe[1]);
    assertEquals(0, streams.read(0, bytes, 0, 100));
  }

  @Test
  void whatIsNotAskedForStaysInThePipe() {
    int[] pipe = host.pipe();
    host.write(pipe[1], "abc");
    assertEquals(1, streams(pipe[0], NO_FD).read(0, bytes, 0, 1));
    assertEquals("bc", host.read(pipe[0], 10));
  }

  @Test
  void whatIsNotAskedForStaysInTheFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("input"), "abc");
    int fd = host.open(file, 0);
    assertEquals(1, streams(fd, NO_FD).read(0, bytes, 0, 1));
    assertEquals("bc", host.read(fd, 10));
  }

  @Test
  void aWatchIsRaisedWhenInputArrives() throws InterruptedException {
    int[] pipe = host.pipe();
    LinuxStreams streams = streams(pipe[0], NO_FD);
    assertEquals(0, streams.watch(0, Streams.READABLE));
    host.write(pipe[1], "x");
    awaitRaise();
    assertEquals(1, streams.read(0, bytes, 0, 10));
    streams.watch(0, Streams.READABLE);
    host.close(pipe[1]);
    awaitRaise();
    assertEquals(0, streams.read(0, bytes, 0, 10));
  }

  @Test
  void aWatchThatIsTakenBackEatsNothing() throws InterruptedException {
    int[] in = host.pipe();
    int[] out = host.pipe();
    LinuxStreams streams = streams(in[0], out[1]);
    streams.watch(0, Streams.READABLE);
    streams.unwatch(0, Streams.READABLE);
    host.write(in[1], "kept");
    streams.watch(1, Streams.WRITABLE);
    awaitRaise();
    assertEquals("kept", host.read(in[0], 10));
  }

  @Test
  void aFullPipeTakesNoMoreAndTellsWhenItHasRoom() throws InterruptedException {
    int[] pipe = host.pipe();
    LinuxStreams streams = streams(NO_FD, pipe[1]);
    int taken = 0;
    int result = streams.write(1, bytes, 0, bytes.length);
    while (result > 0) {
      taken += result;
      result = streams.write(1, bytes, 0, bytes.length);
    }
    assertEquals(-Errno.EAGAIN, result);
    assertEquals(65_536, taken);
    streams.watch(1, Streams.WRITABLE);
    assertFalse(raised.tryAcquire());
    assertEquals(65_536, host.read(pipe[0], 65_536).length());
    awaitRaise();
    assertEquals(9, streams.write(1, bytes, 0, 9));
  }

  @Test
  void aPipeWithoutReaderIsBroken() throws InterruptedException {
    int[] pipe = host.pipe();
    LinuxStreams streams = streams(NO_FD, pipe[1]);
    host.close(pipe[0]);
    streams.watch(1, Streams.WRITABLE);
    awaitRaise();
    assertEquals(-Errno.EPIPE, streams.write(1, bytes, 0, 1));
  }

  @Test
  void aPipeThatHadLostItsReaderBeforeIsBrokenToo() {
    int[] pipe = host.pipe();
    host.close(pipe[0]);
    assertEquals(-Errno.EPIPE, streams(NO_FD, pipe[1]).write(1, bytes, 0, 1));
  }

  @Test
  void theSharedDescriptorsStayBlocking() {
    int[] pipe = host.pipe();
    int[] terminal = host.terminal();
    LinuxStreams streams = streams(pipe[0], terminal[1]);
    streams.read(0, bytes, 0, 1);
    streams.write(1, bytes, 0, 1);
    assertEquals(0, (host.flags(pipe[0]) | host.flags(terminal[1])) & O_NONBLOCK);
  }

  @Test
  void aTerminalIsKnownAndHasASize() throws InterruptedException {
    int[] terminal = host.terminal();
    host.size(terminal[0], 24, 80);
    LinuxStreams streams = streams(terminal[1], terminal[1]);
    assertEquals(Streams.TERMINAL | 24L << 16 | 80L << 32, streams.status(1));
    assertEquals(-Errno.EAGAIN, streams.read(0, bytes, 0, 100));
    streams.watch(0, Streams.READABLE);
    host.write(terminal[0], "line\n");
    awaitRaise();
    assertEquals(5, streams.read(0, bytes, 0, 100));
    bytes[0] = 'o';
    assertEquals(1, streams.write(1, bytes, 0, 1));
    assertEquals("line\r\no", host.readFully(terminal[0], 7));
  }

  @Test
  void aTerminalThatNobodyReadsTakesNoMore() {
    int[] terminal = host.terminal();
    LinuxStreams streams = streams(NO_FD, terminal[1]);
    int result = streams.write(1, bytes, 0, bytes.length);
    while (result > 0) {
      result = streams.write(1, bytes, 0, bytes.length);
    }
    assertEquals(-Errno.EAGAIN, result);
  }

  @Test
  void aSocketNeverWaits() {
    int[] pair = host.sockets();
    LinuxStreams streams = streams(pair[0], pair[0]);
    assertEquals(-Errno.EAGAIN, streams.read(0, bytes, 0, 10));
    host.write(pair[1], "in");
    assertEquals(2, streams.read(0, bytes, 0, 10));
    assertEquals(2, streams.write(1, bytes, 0, 2));
    assertEquals("in", host.read(pair[1], 10));
    host.close(pair[1]);
    assertEquals(-Errno.EPIPE, streams.write(1, bytes, 0, 2));
  }

  @Test
  void kindsAreToldApart(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    int[] pipe = host.pipe();
    assertEquals(Streams.REGULAR, streams(host.open(file, 0), NO_FD).status(0));
    assertEquals(Streams.NULL_DEVICE, streams(host.open(Path.of("/dev/null"), 0), 1).status(0));
    assertEquals(Streams.PIPE, streams(pipe[0], pipe[1]).status(1));
    assertEquals(Streams.CLOSED, streams(NO_FD, NO_FD).status(0));
    assertEquals(-Errno.EBADF, streams(NO_FD, NO_FD).read(0, bytes, 0, 1));
  }

  @Test
  void aStreamOfTheWrongDirectionIsABadDescriptor() {
    int[] pipe = host.pipe();
    LinuxStreams streams = streams(pipe[1], pipe[0]);
    assertEquals(-Errno.EBADF, streams.read(0, bytes, 0, 1));
    assertEquals(-Errno.EBADF, streams.write(1, bytes, 0, 1));
  }

  @Test
  void aFullDeviceSaysSo() {
    int full = host.open(Path.of("/dev/full"), 1);
    assertEquals(-Errno.ENOSPC, streams(NO_FD, full).write(1, bytes, 0, 1));
  }
}
