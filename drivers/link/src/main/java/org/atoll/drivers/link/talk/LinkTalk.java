package org.atoll.drivers.link.talk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.atoll.drivers.link.Doors;
import org.atoll.drivers.link.LinkBrokenException;
import org.atoll.drivers.link.service.Shape;
import org.atoll.drivers.link.service.Terms;

/**
 * The frames of the links' own that need an answer or change something: one byte that says which,
 * then fixed fields, little-endian; a text comes last and fills the rest.
 */
public final class LinkTalk {

  private static final byte DOORS = 1;
  private static final byte GONE = 2;
  private static final byte TERMS = 3;
  private static final byte ASK = 4;
  private static final byte NODE = 5;
  private static final byte LINK = 6;

  private static final int TERMS_BYTES = 17;

  /** Bytes of the longest text. */
  private static final int TEXT_BYTES_MAX = 255;

  private LinkTalk() {}

  /** Hears what another node's link says. */
  public interface Listener {

    /** Where a node can be connected to. */
    void doors(int node, Doors doors) throws LinkBrokenException;

    /** A node's process has ended. */
    void gone(int node) throws LinkBrokenException;

    /** Which services all links have from now on. */
    void terms(Terms terms) throws LinkBrokenException;

    /** Asks for a row about the node, and one for each of its links. */
    void ask(int question) throws LinkBrokenException;

    /**
     * The first part of an answer.
     *
     * @param links rows that follow
     */
    void node(int question, NodeRow row, int links) throws LinkBrokenException;

    /** Another part of an answer. */
    void link(int question, LinkRow row) throws LinkBrokenException;
  }

  // ---- saying

  /** Where a node can be connected to. */
  public static byte[] doors(int node, Doors doors) {
    return frame(DOORS, 4 + Doors.BYTES).putInt(node).put(doors.encoded()).array();
  }

  /** A node's process has ended. */
  public static byte[] gone(int node) {
    return frame(GONE, 4).putInt(node).array();
  }

  /** Which services all links have. */
  public static byte[] terms(Terms terms) {
    return frame(TERMS, TERMS_BYTES).put(bytes(terms)).array();
  }

  /** A question. */
  public static byte[] ask(int question) {
    return frame(ASK, 4).putInt(question).array();
  }

  /** The first part of its answer. */
  public static byte[] node(int question, NodeRow row, int links) {
    byte[] machine = text(row.machine());
    return frame(NODE, 20 + TERMS_BYTES + machine.length)
        .putInt(question)
        .putInt(row.node())
        .putLong(row.pid())
        .putInt(links)
        .put(bytes(row.terms()))
        .put(machine)
        .array();
  }

  /** Another part. */
  public static byte[] link(int question, LinkRow row) {
    byte[] via = text(row.via());
    return frame(LINK, 44 + via.length)
        .putInt(question)
        .putInt(row.from())
        .putInt(row.to())
        .putLong(row.roundTripNanos())
        .putLong(row.frames())
        .putLong(row.bytes())
        .putLong(row.wireBytes())
        .put(via)
        .array();
  }

  private static ByteBuffer frame(byte kind, int bytes) {
    return ByteBuffer.allocate(1 + bytes).order(ByteOrder.LITTLE_ENDIAN).put(kind);
  }

  private static byte[] text(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return bytes.length <= TEXT_BYTES_MAX ? bytes : new byte[] {'?'};
  }

  private static byte[] bytes(Terms terms) {
    return ByteBuffer.allocate(TERMS_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) (terms.packing() ? 1 : 0))
        .putLong(terms.shape().bytesPerSecond())
        .putLong(terms.shape().delayNanos())
        .array();
  }

  // ---- hearing

  /**
   * Takes a frame.
   *
   * @throws LinkBrokenException when it says nothing that links say
   */
  public static void take(ByteBuffer frame, Listener listener) throws LinkBrokenException {
    byte kind = frame.get();
    int bytes = frame.remaining();
    switch (kind) {
      case DOORS -> {
        check(kind, bytes == 4 + Doors.BYTES);
        listener.doors(frame.getInt(), Doors.take(frame));
      }
      case GONE -> {
        check(kind, bytes == 4);
        listener.gone(frame.getInt());
      }
      case TERMS -> {
        check(kind, bytes == TERMS_BYTES);
        listener.terms(takeTerms(frame));
      }
      case ASK -> {
        check(kind, bytes == 4);
        listener.ask(frame.getInt());
      }
      case NODE -> {
        check(kind, bytes >= 20 + TERMS_BYTES && bytes <= 20 + TERMS_BYTES + TEXT_BYTES_MAX);
        takeNode(frame, listener);
      }
      case LINK -> {
        check(kind, bytes >= 44 && bytes <= 44 + TEXT_BYTES_MAX);
        takeLink(frame, listener);
      }
      default -> check(kind, false);
    }
  }

  private static void takeNode(ByteBuffer frame, Listener listener) throws LinkBrokenException {
    int question = frame.getInt();
    int node = frame.getInt();
    long pid = frame.getLong();
    int links = frame.getInt();
    Terms terms = takeTerms(frame);
    listener.node(question, new NodeRow(node, pid, takeText(frame), terms), links);
  }

  private static void takeLink(ByteBuffer frame, Listener listener) throws LinkBrokenException {
    int question = frame.getInt();
    int from = frame.getInt();
    int to = frame.getInt();
    long roundTrip = frame.getLong();
    long frames = frame.getLong();
    long bytes = frame.getLong();
    long wireBytes = frame.getLong();
    String via = takeText(frame);
    listener.link(question, new LinkRow(from, to, via, roundTrip, frames, bytes, wireBytes));
  }

  private static Terms takeTerms(ByteBuffer frame) throws LinkBrokenException {
    boolean packing = frame.get() != 0;
    try {
      return new Terms(packing, new Shape(frame.getLong(), frame.getLong()));
    } catch (IllegalArgumentException impossible) {
      throw new LinkBrokenException("it wants links of " + impossible.getMessage());
    }
  }

  /** A person's terminal shows it, so it has no control characters and no spaces. */
  private static String takeText(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return new String(bytes, UTF_8).replaceAll("[\\p{Cntrl}\\s]", "?");
  }

  private static void check(byte kind, boolean holds) throws LinkBrokenException {
    if (!holds) {
      throw new LinkBrokenException("it sent an unknown control frame, kind " + kind);
    }
  }
}
