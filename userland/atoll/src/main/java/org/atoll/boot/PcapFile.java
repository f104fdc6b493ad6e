package org.atoll.boot;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A capture file (pcap with nanoseconds, little-endian) whose packets are {@link Captured}.
 *
 * <p>Packets are appended as they arrive, so that the file can be read whatever ends the VOS; then
 * {@link #sort} puts them into the order of their times.
 */
final class PcapFile implements Closeable {

  private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
  private static final int LINKTYPE_USER0 = 147;
  private static final int LENGTH_MAX = 1 << 18;
  private static final int FILE_HEAD_BYTES = 24;
  private static final int PACKET_HEAD_BYTES = 16;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** How many packets one may be late by. */
  private static final int WINDOW = 1 << 16;

  private final OutputStream out;

  /** Makes or empties a file. */
  PcapFile(Path path) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(path));
    byte[] bytes = new byte[FILE_HEAD_BYTES];
    ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(MAGIC_NANOSECONDS).putShort((short) 2).putShort((short) 4);
    head.putInt(0).putInt(0).putInt(LENGTH_MAX).putInt(LINKTYPE_USER0);
    out.write(bytes);
  }

  /** Appends a packet. */
  void add(Captured packet) throws IOException {
    out.write(bytes(packet));
  }

  private static byte[] bytes(Captured packet) {
    int length = Captured.NODE_BYTES + packet.frame().length;
    byte[] whole = new byte[PACKET_HEAD_BYTES + length];
    ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt((int) (packet.nanos() / NANOS_PER_SECOND));
    bytes.putInt((int) (packet.nanos() % NANOS_PER_SECOND));
    bytes.putInt(length).putInt(length + packet.leftOut());
    bytes.putShort((short) packet.node()).putShort((short) 0).putInt(0);
    bytes.put(packet.frame());
    return whole;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** The packets of a file, in its order. */
  static final class Reader implements Closeable {

    private final DataInputStream in;

    Reader(Path path) throws IOException {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)));
      in.skipNBytes(FILE_HEAD_BYTES);
    }

    /** The next packet; null at the end. */
    @Nullable Captured next() throws IOException {
      byte[] head = in.readNBytes(PACKET_HEAD_BYTES);
      if (head.length < PACKET_HEAD_BYTES) {
        return null;
      }
      ByteBuffer h = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
      long nanos = h.getInt() * NANOS_PER_SECOND + h.getInt();
      int length = h.getInt();
      int leftOut = h.getInt() - length;
      int node =
          ByteBuffer.wrap(in.readNBytes(Captured.NODE_BYTES))
              .order(ByteOrder.LITTLE_ENDIAN)
              .getShort();
      return new Captured(nanos, node, in.readNBytes(length - Captured.NODE_BYTES), leftOut);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  private record Numbered(Captured packet, long number) {}

  /** Sorts a file in place: what is written was read before. */
  static void sort(Path path) throws IOException {
    PriorityQueue<Numbered> window =
        new PriorityQueue<>(
            Comparator.comparingLong((Numbered n) -> n.packet.nanos())
                .thenComparingLong(Numbered::number));
    try (Reader in = new Reader(path);
        InputStream head = Files.newInputStream(path);
        OutputStream to =
            new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.WRITE))) {
      to.write(head.readNBytes(FILE_HEAD_BYTES));
      long number = 0;
      for (Captured packet = in.next(); packet != null; packet = in.next()) {
        window.add(new Numbered(packet, number++));
        if (window.size() > WINDOW) {
          to.write(bytes(window.remove().packet));
        }
      }
      while (!window.isEmpty()) {
        to.write(bytes(window.remove().packet));
      }
    }
  }
}
