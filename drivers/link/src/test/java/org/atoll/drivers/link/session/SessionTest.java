package org.atoll.drivers.link.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.atoll.drivers.link.LinkBrokenException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTest {

  /** One end of a session: what it sends lies here until it is carried. */
  private static final class End implements Session.Sink {
    final Session session;
    long clock;
    final List<byte[]> wire = new ArrayList<>();
    final List<Integer> taken = new ArrayList<>();
    final List<Integer> own = new ArrayList<>();

    End(Carriage carriage) {
      session = new Session(carriage, ByteBuffer::allocate, () -> clock);
    }

    boolean send(int number, int bytes) {
      ByteBuffer room = session.claim(bytes);
      if (room == null) {
        return false;
      }
      assertEquals(bytes, room.remaining());
      room.putInt(number);
      session.commit();
      return true;
    }

    void flush() {
      while (session.unsent()) {
        ByteBuffer frame = session.sendOne();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        wire.add(bytes);
      }
      if (session.owes()) {
        sign();
      }
    }

    void sign() {
      ByteBuffer sign = ByteBuffer.allocate(Session.SIGN_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      session.sign(sign);
      wire.add(sign.array());
    }

    void take(byte[] frame) throws LinkBrokenException {
      session.take(ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN), this);
    }

    @Override
    public void frame(ByteBuffer frame) {
      taken.add(frame.getInt());
    }

    @Override
    public void own(ByteBuffer frame) {
      own.add(frame.getInt());
    }
  }

  private static void carryAll(End from, End to) throws LinkBrokenException {
    from.flush();
    for (byte[] frame : from.wire) {
      to.take(frame);
    }
    from.wire.clear();
  }

  private static List<Integer> upTo(int end) {
    return IntStream.range(0, end).boxed().toList();
  }

  @ParameterizedTest
  @EnumSource(Carriage.class)
  void framesOfAllSizesComeOnceAndInOrder(Carriage carriage) throws LinkBrokenException {
    Random random = new Random(1);
    End a = new End(carriage);
    End b = new End(carriage);
    int sent = 0;
    while (sent < 20_000) {
      while (random.nextInt(40) > 0 && a.send(sent, 4 + random.nextInt(1 << random.nextInt(18)))) {
        sent++;
      }
      carryAll(a, b);
      if (random.nextBoolean()) {
        b.sign();
      }
      carryAll(b, a);
    }
    assertEquals(upTo(sent), b.taken);
  }

  @Test
  void whatTheOtherEndHasNotTakenStopsTheSenderAndItIsToldWhenThereIsRoom()
      throws LinkBrokenException {
    End a = new End(Carriage.STREAM);
    End b = new End(Carriage.STREAM);
    int sent = 0;
    while (a.send(sent, 10_000)) {
      sent++;
    }
    assertTrue(sent * 10_000 > Session.WINDOW_BYTES * 9L / 10, sent + " frames");
    assertFalse(a.session.recovered());
    carryAll(a, b);
    carryAll(b, a);
    assertTrue(a.session.recovered());
    assertFalse(a.session.recovered());
    assertTrue(a.send(sent, 100_000));
  }

  @Test
  void aSessionGoesOnWhereTheOtherEndWas() throws LinkBrokenException {
    End a = new End(Carriage.STREAM);
    End b = new End(Carriage.STREAM);
    for (int i = 0; i < 100; i++) {
      a.send(i, 1_000);
    }
    a.flush();
    for (byte[] frame : a.wire.subList(0, 60)) {
      b.take(frame);
    }
    a.wire.clear();
    a.session.resume(b.session.received());
    b.session.resume(a.session.received());
    carryAll(a, b);
    assertEquals(upTo(100), b.taken);
  }

  @Test
  void asManyBytesAsBeforeTheGrowthAreSentAfterIt() throws LinkBrokenException {
    End a = new End(Carriage.STREAM);
    End b = new End(Carriage.STREAM);
    for (int i = 0; i < 10; i++) {
      a.send(i, 1_000);
    }
    a.flush();
    for (int i = 10; i < 400; i++) {
      a.send(i, 1_000);
    }
    carryAll(a, b);
    assertEquals(upTo(400), b.taken);
  }

  @Test
  void framesOfTheLinksOwnKeepTheirPlace() throws LinkBrokenException {
    End a = new End(Carriage.STREAM);
    End b = new End(Carriage.STREAM);
    a.send(1, 4);
    ByteBuffer room = a.session.claim(4);
    assertNotNull(room);
    room.putInt(2);
    a.session.commitOwn();
    a.send(3, 4);
    carryAll(a, b);
    assertEquals(List.of(1, 3), b.taken);
    assertEquals(List.of(2), b.own);
  }

  @Test
  void packetsThatComeTwiceOrTooEarlyAreNotShown() throws LinkBrokenException {
    End a = new End(Carriage.PACKETS);
    End b = new End(Carriage.PACKETS);
    for (int i = 0; i < 3; i++) {
      a.send(i, 10);
    }
    a.flush();
    b.take(a.wire.get(1));
    b.take(a.wire.get(0));
    b.take(a.wire.get(0));
    b.take(a.wire.get(2));
    assertEquals(List.of(0), b.taken);
    assertTrue(b.session.owes());
    a.wire.clear();
    carryAll(b, a);
    a.session.sendAgain();
    carryAll(a, b);
    assertEquals(upTo(3), b.taken);
  }

  @Test
  void bytesThatAreToBeSentNeverGoOnBeyondTheEndOfTheMemory() throws LinkBrokenException {
    End a = new End(Carriage.STREAM);
    End b = new End(Carriage.STREAM);
    int half = Session.WINDOW_BYTES / 2 - FrameHead.BYTES;
    a.send(0, half);
    carryAll(a, b);
    a.send(1, half);
    b.sign();
    carryAll(b, a);
    a.send(2, half);
    while (a.session.unsent()) {
      int end = a.session.unsentAt() + a.session.unsentBytes();
      assertTrue(end <= Session.WINDOW_BYTES, "up to " + end);
      a.session.sent(a.session.unsentBytes());
    }
  }

  @Test
  void anOldAcknowledgementIsNoNews() throws LinkBrokenException {
    End a = new End(Carriage.STREAM);
    End b = new End(Carriage.STREAM);
    b.sign();
    byte[] old = b.wire.removeFirst();
    a.send(0, 4);
    carryAll(a, b);
    b.sign();
    carryAll(b, a);
    a.take(old);
    assertFalse(a.session.unacknowledged());
  }

  private static void assertBroken(String reason, byte[] frame) {
    End end = new End(Carriage.STREAM);
    LinkBrokenException broken = assertThrows(LinkBrokenException.class, () -> end.take(frame));
    assertEquals(reason, broken.getMessage());
    assertEquals(List.of(), end.taken);
  }

  private static byte[] frame(int length, int number, int received, int kind, int word) {
    ByteBuffer frame = ByteBuffer.allocate(17).order(ByteOrder.LITTLE_ENDIAN);
    return frame
        .putInt(length)
        .putInt(number)
        .putInt(received)
        .put((byte) kind)
        .putInt(word)
        .array();
  }

  /** A sign, or what looks like one. */
  private static byte[] loose(int kind, int credit) {
    int behind = Session.SIGN_BYTES - FrameHead.BYTES;
    ByteBuffer frame = ByteBuffer.allocate(Session.SIGN_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(behind | FrameHead.OWN | FrameHead.LOOSE).putInt(0).putInt(0);
    return frame.put((byte) kind).putInt(credit).array();
  }

  @Test
  void liesAreNamed() {
    assertBroken("it sent frame 1 in place of 0", frame(5, 1, 0, 0, 0));
    assertBroken("it acknowledged frames that were never sent", frame(5, 0, 1, 0, 0));
    assertBroken("it sent an unknown control frame, kind 9", loose(9, 0));
    assertBroken("it is ready to take -1 bytes", loose(1, -1));
    assertBroken("it is ready to take 2147483647 bytes", loose(1, Integer.MAX_VALUE));
  }

  @Test
  void framesThatWereNeverSentCannotHaveBeenReceived() {
    Session session = new Session(Carriage.STREAM, ByteBuffer::allocate, () -> 0);
    assertTrue(session.resumable(0));
    assertFalse(session.resumable(1));
    assertFalse(session.resumable(-1));
    assertThrows(LinkBrokenException.class, () -> session.resume(1));
  }

  @Test
  void creditStopsASenderBeforeTheWindowIsFull() throws LinkBrokenException {
    End a = new End(Carriage.STREAM);
    a.take(loose(1, 100));
    assertTrue(a.send(0, 60));
    assertFalse(a.send(1, 60));
    a.take(loose(1, 200));
    assertTrue(a.session.recovered());
    assertTrue(a.send(1, 60));
  }

  @Test
  void signsMeasureTheRoundTripThoughClocksDiffer() throws LinkBrokenException {
    End a = new End(Carriage.STREAM);
    End b = new End(Carriage.STREAM);
    a.clock = 1_000_000;
    b.clock = 5;
    a.sign();
    carryAll(a, b);
    assertEquals(0, b.session.roundTripNanos());
    b.clock += 700;
    b.sign();
    a.clock += 900;
    carryAll(b, a);
    assertEquals(200, a.session.roundTripNanos());
    a.sign();
    b.clock += 40;
    carryAll(a, b);
    assertEquals(40, b.session.roundTripNanos());
  }

  @Test
  void aTimeThatCannotBeIsNoRoundTrip() throws LinkBrokenException {
    End a = new End(Carriage.STREAM);
    a.clock = 1_000;
    for (long[] lie : new long[][] {{1, 2_000, 0}, {1, 500, 600}, {1, 500, -1}, {1, 0, 0}}) {
      byte[] sign = loose(1, 0);
      ByteBuffer words = ByteBuffer.wrap(sign).order(ByteOrder.LITTLE_ENDIAN);
      words.position(FrameHead.BYTES + 5).putLong(lie[0]).putLong(lie[1]).putLong(lie[2]);
      a.take(sign);
      assertEquals(0, a.session.roundTripNanos());
    }
  }

  @Test
  void trafficCountsEachFrameOnce() throws LinkBrokenException {
    End a = new End(Carriage.STREAM);
    End b = new End(Carriage.STREAM);
    a.send(0, 100);
    a.send(1, 50);
    a.flush();
    a.session.sendAgain();
    a.wire.clear();
    carryAll(a, b);
    assertEquals(2, a.session.traffic().sentFrames());
    assertEquals(150, a.session.traffic().sentBytes());
    assertEquals(2, b.session.traffic().takenFrames());
    assertEquals(150, b.session.traffic().takenBytes());
  }

  @Test
  void aSessionWithoutSignsIsSilentAfterFiveTicks() throws LinkBrokenException {
    End a = new End(Carriage.STREAM);
    End b = new End(Carriage.STREAM);
    for (int tick = 0; tick < 20; tick++) {
      a.session.tick();
      assertFalse(a.session.silent());
      b.sign();
      carryAll(b, a);
    }
    for (int tick = 0; tick < 6; tick++) {
      assertFalse(a.session.silent());
      a.session.tick();
    }
    assertTrue(a.session.silent());
  }

  @Test
  void nothingIsSentInASessionThatIsOver() {
    End a = new End(Carriage.STREAM);
    a.send(0, 4);
    a.session.end();
    assertFalse(a.session.unsent());
    assertNull(a.session.claim(4));
    assertFalse(a.session.resumable(0));
  }
}
