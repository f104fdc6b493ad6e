package org.atoll.drivers.link.talk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.service.Shape;
import org.atoll.drivers.link.service.Terms;
import org.junit.jupiter.api.Test;

class LinkTalkTest {

  /** The long form: {@code -Datoll.frames=1000000}. */
  private static final int ROUNDS = Integer.getInteger("atoll.frames", 10_000);

  private static final Terms TERMS = new Terms(true, new Shape(5_000, 7));

  /** Writes down what it hears. */
  private static final class Notes implements LinkTalk.Listener {
    final List<String> lines = new ArrayList<>();

    @Override
    public void doors(int node, Doors doors) {
      lines.add("doors " + node + " " + doors);
    }

    @Override
    public void gone(int node) {
      lines.add("gone " + node);
    }

    @Override
    public void terms(Terms terms) {
      lines.add("terms " + terms);
    }

    @Override
    public void ask(int question) {
      lines.add("ask " + question);
    }

    @Override
    public void node(int question, NodeRow row, int links) {
      lines.add("node " + question + " " + row + " " + links);
    }

    @Override
    public void link(int question, LinkRow row) {
      lines.add("link " + question + " " + row);
    }
  }

  private final Notes notes = new Notes();

  private void take(byte[] frame) throws LinkBrokenException {
    LinkTalk.take(ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN), notes);
  }

  private static List<byte[]> all() throws LinkBrokenException {
    return List.of(
        LinkTalk.doors(3, Doors.parse("m,tcp:1.2.3.4:5")),
        LinkTalk.gone(4),
        LinkTalk.terms(TERMS),
        LinkTalk.ask(6),
        LinkTalk.node(7, new NodeRow(1, 2, "host", TERMS), 3),
        LinkTalk.link(8, new LinkRow(1, 2, "tcp", 3, 4, 5, 6)));
  }

  @Test
  void whatIsSaidIsHeard() throws LinkBrokenException {
    for (byte[] frame : all()) {
      take(frame);
    }
    assertEquals(
        List.of(
            "doors 3 m,tcp:1.2.3.4:5",
            "gone 4",
            "terms " + TERMS,
            "ask 6",
            "node 7 " + new NodeRow(1, 2, "host", TERMS) + " 3",
            "link 8 " + new LinkRow(1, 2, "tcp", 3, 4, 5, 6)),
        notes.lines);
  }

  @Test
  void aTextCannotMoveAPersonsCursor() throws LinkBrokenException {
    take(LinkTalk.node(1, new NodeRow(1, 2, "a\u001b[2J b\n", Terms.NONE), 0));
    assertEquals(
        List.of("node 1 " + new NodeRow(1, 2, "a?[2J?b?", Terms.NONE) + " 0"), notes.lines);
  }

  @Test
  void framesOfOtherLengthsAreRefused() throws LinkBrokenException {
    for (byte[] frame : all().subList(0, 4)) {
      for (int length : new int[] {1, frame.length - 1, frame.length + 1}) {
        assertThrows(LinkBrokenException.class, () -> take(Arrays.copyOf(frame, length)));
      }
    }
    assertThrows(LinkBrokenException.class, () -> take(new byte[] {9}));
    assertEquals(List.of(), notes.lines);
  }

  @Test
  void noiseIsRefusedOrHeard() {
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] noise = new byte[1 + random.nextInt(600)];
      random.nextBytes(noise);
      noise[0] = (byte) random.nextInt(8);
      try {
        take(noise);
      } catch (LinkBrokenException refused) {
        // Expected of most.
      }
    }
  }
}
