package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.protocol.VfsProtocol;
import org.junit.jupiter.api.Test;

final class FrameTracerTest {

  private final List<String> seen = new ArrayList<>();

  private void see(Tracer.Moment at, byte[] bytes, int payloadBytes) {
    Frame frame = new Frame();
    frame.readHead(ByteBuffer.wrap(bytes));
    seen.add(
        "%d: kind %d, %d to %d, request %x, type %x, w0 %d, payload %d, room %d"
            .formatted(
                at.nanos(),
                frame.kind,
                frame.message.source,
                frame.destination,
                frame.request,
                frame.message.type,
                frame.message.w0,
                payloadBytes,
                frame.room));
  }

  @Test
  void aCallAndItsAnswerAreTheFramesThatTheyWouldBe() {
    FrameTracer tracer = new FrameTracer(this::see, false);
    try (TestNode test = new TestNode(NodeConfig.single(), 1, null, tracer)) {
      test.host.nanos = 7;
      int vfs =
          test.server(
              "vfs",
              TestTask.serving((t, r, m) -> {
                t.kernel().copyOut(r, 0, new byte[2], 0, 2);
                t.reply(r, 2);
              }));
      TestTask client = new TestTask();
      int endpoint = test.server("client", client);
      client.start =
          t ->
              t.callWithBytes(vfs, VfsProtocol.Call.READ.encode(t.scratch(), 3), new byte[5], 5, 9);
      test.node.channel(endpoint).raise();
      test.settle();
    }
    assertEquals(
        List.of(
            "7: kind 1, 2 to 1, request 200000001, type 504, w0 3, payload 5, room 9",
            "7: kind 2, 1 to 2, request 200000001, type 80000504, w0 2, payload 2, room 0"),
        seen.subList(1, 3));
  }

  @Test
  void aNameIsItsPayload() {
    List<byte[]> frames = new ArrayList<>();
    new FrameTracer((at, frame, left) -> frames.add(frame), false)
        .name(new Tracer.Moment(0, 1), 5, 2, "sh");
    Frame frame = new Frame();
    ByteBuffer bytes = ByteBuffer.wrap(frames.getFirst());
    frame.readHead(bytes);
    assertEquals(FrameTracer.NAME, frame.kind);
    assertEquals(2, bytes.remaining());
  }
}
