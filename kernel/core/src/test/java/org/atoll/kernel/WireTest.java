package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Limits;
import org.atoll.hypercall.Transport;
import org.atoll.hypercall.memory.AddressSpace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames with payloads, which go at once or wait. */
final class WireTest {

  private final TestNode test = new TestNode();
  private final MemoryNet net = new MemoryNet(2);

  /** How often it was congested no more. */
  private int wentOn;

  private final LeftFrames left = new LeftFrames(() -> {});
  private final Wire wire = new Wire(net.end(0), left, () -> wentOn++);
  private final Buffer buffer = new Buffer(test.frames, new Staging());
  private final List<String> arrived = new ArrayList<>();

  WireTest() {
    net.end(0).receiver(new Told());
    net.end(1).receiver(new Told());
  }

  @AfterEach
  void close() {
    test.close();
  }

  /** Notes number and size of each frame, and checks its payload. */
  private class Told implements Transport.Receiver {

    @Override
    public void frame(int node, ByteBuffer bytes) {
      Frame frame = new Frame();
      String wrong = frame.readHead(bytes);
      for (int i = 0; i < frame.bytes; i++) {
        assertEquals(at(frame.request, i), bytes.get());
      }
      arrived.add((int) frame.request + " " + frame.bytes + (wrong == null ? "" : wrong));
    }

    @Override
    public void nodeUp(int node) {
      throw new AssertionError("nobody comes");
    }

    @Override
    public void nodeDown(int node, String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void writable(int node) {
      wire.writable(node);
    }
  }

  private static byte at(long request, int index) {
    return (byte) (request * 13 + index);
  }

  /** Whose frames most tests put. */
  private static final int SENDER = 5;

  private Frame frame(int number, int bytes) {
    Frame frame = new Frame().set(Frame.REQUEST, 9, CallRecord.token(SENDER, number));
    frame.message.source = SENDER;
    frame.bytes = bytes;
    return frame;
  }

  private void put(Cpu by, int number, int bytes) {
    byte[] place = buffer.stage(bytes);
    for (int i = 0; i < bytes; i++) {
      place[i] = at(number, i);
    }
    assertTrue(wire.put(by, 1, frame(number, bytes), buffer, 0));
  }

  private Cpu owner() {
    return test.node.cpu(0);
  }

  private void arrive() {
    do {
      wire.flush();
    } while (net.end(1).poll());
  }

  @Test
  void framesThatWaitArriveWholeAndInOrder() {
    net.room = 2;
    int[] sizes = {10, 0, Limits.BUFFER_BYTES_MAX, 1, Limits.BUFFER_BYTES_MAX, 60_000, 60_000, 7};
    List<String> expected = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < sizes.length; i++) {
        put(owner(), i + 1, sizes[i]);
        expected.add((i + 1) + " " + sizes[i]);
      }
      assertTrue(arrived.size() < expected.size());
      arrive();
      assertEquals(expected, arrived);
    }
  }

  @Test
  void whatAnotherThreadLeavesComesBehindWhatWaits() {
    net.room = 1;
    put(owner(), 1, 100);
    put(owner(), 2, 60_000);
    assertTrue(wire.put(null, 1, frame(3, 0), null, 0));
    assertTrue(wire.work());
    put(owner(), 4, 5);
    assertFalse(wire.work());
    arrive();
    assertEquals(List.of("1 100", "2 60000", "3 0", "4 5"), arrived);
  }

  private Frame from(int kind, int source, int destination, int number) {
    Frame frame = new Frame().set(kind, destination, number);
    frame.message.source = source;
    return frame;
  }

  @Test
  void othersGoBetweenTheFramesOfWhoHasManyAndNewsOfATaskBehindItsOwn() {
    net.room = 1;
    List<Integer> kinds = new ArrayList<>();
    net.end(1)
        .receiver(
            new Told() {
              @Override
              public void frame(int node, ByteBuffer bytes) {
                kinds.add((int) bytes.get(bytes.position()));
              }
            });
    for (int i = 1; i <= 4; i++) {
      put(owner(), i, Limits.BUFFER_BYTES_MAX);
    }
    wire.put(owner(), 1, from(Frame.MESSAGE, 6, 9, 0), null, 0);
    wire.put(null, 1, from(Frame.MESSAGE, 5, 9, 0), null, 0);
    wire.put(null, 1, from(Frame.GONE, 0, 5, 0), null, 0);
    wire.put(null, 1, from(Frame.NOTIFY, 6, 9, 0), null, 0);
    arrive();
    int request = Frame.REQUEST;
    assertEquals(
        List.of(
            request,
            request,
            Frame.MESSAGE,
            Frame.NOTIFY,
            request,
            request,
            Frame.MESSAGE,
            Frame.GONE),
        kinds);
  }

  @Test
  void whoseAFrameIsCanBeSeenWhenItIsWritten() {
    for (int kind = Frame.REQUEST; kind <= Frame.FETCH; kind++) {
      Frame frame = from(kind, 70_001, 70_002, 3);
      ByteBuffer written = ByteBuffer.allocate(300).position(100);
      frame.writeHead(written);
      assertEquals(frame.sender(), Frame.sender(written.position(100)), "kind " + kind);
      assertEquals(kind < Frame.GONE ? 70_001 : 70_002, frame.sender());
    }
  }

  @Test
  void aFrameWhosePayloadCannotBeReadLeavesNoTraceWhetherItWouldWaitOrNot() {
    AddressSpace space = new AddressSpace(test.frames);
    assertTrue(space.map(3, test.frames.allocate(), AddressSpace.READ));
    Buffer torn = new Buffer(test.frames, new Staging());
    torn.lie(space, (3L << 12) + 4_000, 200);
    for (int room : new int[] {Integer.MAX_VALUE, 0}) {
      net.room = room;
      assertFalse(wire.put(owner(), 1, frame(1, 200), torn, 0));
      put(owner(), 2, 20);
    }
    assertFalse(wire.put(null, 1, frame(1, 200), torn, 0));
    assertFalse(wire.work());
    net.room = Integer.MAX_VALUE;
    wire.writable(1);
    arrive();
    assertEquals(List.of("2 20", "2 20"), arrived);
  }

  /** Has one frame more wait than may. */
  private void congest() {
    net.room = 0;
    int size = Frame.HEAD_BYTES + Limits.BUFFER_BYTES_MAX;
    for (long waits = 0; waits <= Wire.WAITING_BYTES_MAX; waits += size) {
      assertEquals(waits > Wire.CROWDED_BYTES, wire.crowded(1, SENDER));
      assertFalse(wire.crowded(1, SENDER + 1));
      assertFalse(wire.congested());
      put(owner(), 1, Limits.BUFFER_BYTES_MAX);
    }
    assertTrue(wire.congested());
  }

  @Test
  void aNodeThatTakesNothingForLongIsLost() {
    congest();
    long limit = Wire.LOST_NANOS;
    assertFalse(wire.lost(1, 5));
    assertFalse(wire.lost(1, limit));
    assertTrue(wire.lost(1, limit + 5));
    net.room = 1;
    wire.writable(1);
    put(owner(), 1, Limits.BUFFER_BYTES_MAX);
    assertTrue(wire.congested());
    assertFalse(wire.lost(1, limit + 5));
    assertFalse(wire.lost(1, 2 * limit));
    assertTrue(wire.lost(1, 2 * limit + 5));
    assertFalse(wire.lost(0, 5));
    assertFalse(wire.lost(0, 5 * limit));
  }

  @Test
  void whatIsLeftForANodeThatIsDeadGoesNowhere() {
    net.room = 0;
    assertTrue(wire.put(null, 1, frame(1, 0), null, 0));
    wire.drop(1);
    wire.flush();
    wire.comes(1);
    net.room = 1;
    put(owner(), 2, 3);
    arrive();
    assertEquals(List.of("2 3"), arrived);
  }

  @Test
  void aCongestedWireGoesOnOnceWhenOneFrameHasGone() {
    congest();
    net.room = 1;
    wire.writable(0);
    assertTrue(wire.congested());
    wire.writable(1);
    assertFalse(wire.congested());
    arrive();
    assertEquals(1, wentOn);
  }

  @Test
  void whatWaitsIsCountedAndForgottenWithItsNode() {
    congest();
    wire.drop(1);
    assertFalse(wire.congested());
    assertEquals(1, wentOn);
    assertFalse(wire.crowded(1, SENDER));
    net.room = 1;
    put(owner(), 2, 3);
    arrive();
    assertEquals(List.of("2 3"), arrived);
  }
}
