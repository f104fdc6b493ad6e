package org.atoll.boot;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.PriorityQueue;

/**
 * Puts the lines of a trace that several nodes appended to into the order of their times.
 *
 * <p>A line is late by as long as its node was kept from writing it, so a window over the file is
 * enough. It is written over itself: what is written was read before, so the writer never overtakes
 * the reader.
 */
final class TraceOrder {

  /** How many lines one may be late by. */
  private static final int WINDOW_LINES = 1 << 16;

  /** Digits of a second's fraction in a line's time. */
  private static final int FRACTION_DIGITS = 9;

  private final PriorityQueue<Line> window = new PriorityQueue<>();

  @SuppressWarnings("ArrayRecordComponent") // lines are compared by time and number alone
  private record Line(long nanos, long number, byte[] text) implements Comparable<Line> {

    @Override
    public int compareTo(Line other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private TraceOrder() {}

  /** Sorts a file whose lines begin with {@code seconds.nanoseconds}. */
  static void sort(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
        OutputStream out =
            new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE))) {
      new TraceOrder().copy(in, out);
    }
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    long nanos = 0;
    long number = 0;
    for (byte[] text = line(in); text.length > 0; text = line(in)) {
      nanos = nanos(text, nanos);
      window.add(new Line(nanos, number++, text));
      if (window.size() > WINDOW_LINES) {
        out.write(window.remove().text);
      }
    }
    while (!window.isEmpty()) {
      out.write(window.remove().text);
    }
  }

  /** The next line with its end; nothing when there is none. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(160);
    for (int b = in.read(); b >= 0; b = in.read()) {
      line.write(b);
      if (b == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }

  /** The time that a line begins with; the given one when it begins with none. */
  private static long nanos(byte[] line, long otherwise) {
    long value = 0;
    int fraction = -1;
    for (byte b : line) {
      if (b == '.' && fraction < 0) {
        fraction = 0;
      } else if (b >= '0' && b <= '9') {
        value = value * 10 + b - '0';
        fraction += fraction < 0 ? 0 : 1;
      } else {
        return fraction == FRACTION_DIGITS ? value : otherwise;
      }
    }
    return otherwise;
  }
}
