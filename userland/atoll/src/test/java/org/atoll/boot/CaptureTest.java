package org.atoll.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.atoll.abi.Message;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.kernel.FrameTracer;
import org.atoll.kernel.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of captured messages. */
class CaptureTest {

  private static final int SHELL = 9;
  private static final int VFS = 4;

  private final List<Captured> packets = new ArrayList<>();
  private final FrameTracer tracer =
      new FrameTracer(
          (at, frame, left) -> packets.add(new Captured(at.nanos(), at.node(), frame, left)), true);

  @TempDir Path folder;

  private static Tracer.Moment at(int node, long nanos) {
    return new Tracer.Moment(node, nanos);
  }

  /** A call of node 1 that node 0 answers. */
  private void call(long token, long begin, long end) {
    Message m = VfsProtocol.Call.WRITE.encode(new Message(), 1, 6);
    tracer.request(at(1, begin), SHELL, VFS, token, m, 6, 0);
    Message answer = new Message().set(m.type | Message.ANSWER, 6, 0, 0, 0, 0, 0, 0);
    tracer.answer(at(0, end), VFS, SHELL, token, answer, 0);
  }

  private Path write() throws IOException {
    Path file = folder.resolve("capture.pcap");
    try (PcapFile out = new PcapFile(file)) {
      for (Captured packet : packets) {
        out.add(packet);
      }
    }
    PcapFile.sort(file);
    return file;
  }

  private static List<Captured> read(Path file) throws IOException {
    List<Captured> all = new ArrayList<>();
    try (PcapFile.Reader in = new PcapFile.Reader(file)) {
      for (Captured packet = in.next(); packet != null; packet = in.next()) {
        all.add(packet);
      }
    }
    return all;
  }

  @Test
  void packetsAreSortedAndReadAsTheyWereWritten() throws IOException {
    call(1, 5_000_000_007L, 5_000_000_009L);
    call(2, 5_000_000_008L, 6_000_000_000L);
    List<Captured> read = read(write());
    assertEquals(
        List.of(5_000_000_007L, 5_000_000_008L, 5_000_000_009L, 6_000_000_000L),
        read.stream().map(Captured::nanos).toList());
    assertArrayEquals(packets.get(0).frame(), read.get(0).frame());
    assertEquals(1, read.get(0).node());
    assertEquals(6, read.get(0).leftOut());
    assertEquals(0, read.get(3).node());
  }

  @Test
  void aPacketIsALineBetweenNodes() {
    call(1, 7, 9);
    Captured line = Captured.decode(packets.get(0).encode());
    assertEquals(7, line.nanos());
    assertEquals(VFS, line.destination());
    assertEquals(VfsProtocol.Call.WRITE.number(), line.type());
    assertThrows(IllegalArgumentException.class, () -> Captured.decode("7 9"));
  }

  private String chrome() throws IOException {
    Path file = folder.resolve("trace.json");
    ChromeTrace.write(write(), file);
    return Files.readString(file);
  }

  @Test
  void aCallIsASliceOnBothTracksWithArrows() throws IOException {
    tracer.name(at(0, 0), VFS, 0, "vfs");
    tracer.name(at(1, 0), SHELL, 2, "sh (pid 2)");
    call(1, 7_000, 9_500);
    assertEquals(
        """
        [
        {"ph":"M","name":"process_name","pid":1,"tid":0,"args":{"name":"node 0"}},
        {"ph":"M","name":"thread_name","pid":1,"tid":1,"args":{"name":"vfs"}},
        {"ph":"X","name":"WRITE","pid":1,"tid":1,"cat":"call","ts":7.000,"dur":2.500,"args":{"with":"sh (pid 2)","result":"6"}},
        {"ph":"M","name":"process_name","pid":2,"tid":0,"args":{"name":"node 1"}},
        {"ph":"M","name":"thread_name","pid":2,"tid":2,"args":{"name":"sh (pid 2)"}},
        {"ph":"X","name":"call WRITE","pid":2,"tid":2,"cat":"call","ts":7.000,"dur":2.500,"args":{"with":"vfs","result":"6"}},
        {"ph":"s","name":"message","pid":2,"tid":2,"cat":"message","id":0,"ts":7.000},
        {"ph":"f","name":"message","pid":1,"tid":1,"cat":"message","bp":"e","id":0,"ts":7.000},
        {"ph":"s","name":"message","pid":1,"tid":1,"cat":"message","id":1,"ts":9.500},
        {"ph":"f","name":"message","pid":2,"tid":2,"cat":"message","bp":"e","id":1,"ts":9.500}
        ]
        """,
        chrome());
  }

  @Test
  void whatIsNoCallIsAnInstantOfItsSender() throws IOException {
    tracer.notified(at(0, 1_000), SHELL, VFS);
    tracer.alarm(at(0, 2_000), SHELL, 3);
    String events = chrome();
    assertTrue(events.contains("\"ph\":\"i\",\"name\":\"notify task 4\",\"pid\":1,\"tid\":1"));
    assertTrue(events.contains("\"ph\":\"i\",\"name\":\"alarm\",\"pid\":1,\"tid\":1"));
  }

  @Test
  void aCaptureOfNothingIsAnEmptyArray() throws IOException {
    assertEquals("[]\n", chrome());
  }

  @Test
  void slicesThatOverlapAreOnTracksBesideEachOther() {
    ChromeSlice outer = new ChromeSlice(0, 10, "outer", "");
    ChromeSlice inner = new ChromeSlice(2, 5, "inner", "");
    ChromeSlice across = new ChromeSlice(4, 12, "across", "");
    ChromeSlice after = new ChromeSlice(10, 11, "after", "");
    List<ChromeSlice> all = new ArrayList<>(List.of(after, across, inner, outer));
    assertEquals(2, ChromeSlice.spread(all));
    assertEquals(List.of(0, 0, 1, 0), all.stream().map(s -> s.lane).toList());
  }

  @Test
  void aFilterThatNamesWhatIsNotThereIsRefused() {
    TraceFilter call = new TraceFilter(Set.of(), Set.of("FOO"), Set.of(), Set.of());
    assertThrows(IOException.class, () -> call.check(1));
    TraceFilter node = new TraceFilter(Set.of(), Set.of(), Set.of(), Set.of(2));
    assertThrows(IOException.class, () -> node.check(2));
    TraceFilter server = new TraceFilter(Set.of("foo"), Set.of(), Set.of(), Set.of());
    assertEquals(
        "no server is called 'foo': there are host, kernel, member, process, vfs",
        assertThrows(IOException.class, () -> server.checkServers(List.of("vfs"))).getMessage());
  }
}
