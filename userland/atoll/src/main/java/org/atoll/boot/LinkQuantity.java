package org.atoll.boot;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.atoll.drivers.link.service.Shape;

/** Rates and delays of links as tc(8) writes them: a number and a unit. */
public final class LinkQuantity {

  private static final Map<String, Long> BITS =
      Map.of("bit", 1L, "kbit", 1_000L, "mbit", 1_000_000L, "gbit", 1_000_000_000L);
  private static final Map<String, Long> NANOS =
      Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L);

  /** The highest rate, in bits a second. */
  private static final long BITS_MAX = 100_000_000_000L;

  private LinkQuantity() {}

  /** Bytes a second; throws with one line for the person. */
  public static long bytesPerSecond(String text) throws IOException {
    String expected = "--rate takes 8kbit to 100gbit, as 500kbit or 10mbit, and not '";
    long bits = of(text, BITS, expected);
    if (bits < 8 * Shape.BYTES_PER_SECOND_MIN || bits > BITS_MAX) {
      throw new IOException(expected + text + "'");
    }
    return bits / 8;
  }

  /** Nanoseconds of a delay; throws with one line for the person. */
  public static long delayNanos(String text) throws IOException {
    String expected = "--delay takes 0ms to 1s, as 500us or 20ms, and not '";
    long nanos = of(text, NANOS, expected);
    if (nanos > Shape.DELAY_NANOS_MAX) {
      throw new IOException(expected + text + "'");
    }
    return nanos;
  }

  private static long of(String text, Map<String, Long> units, String expected) throws IOException {
    int digits = 0;
    while (digits < text.length() && ".0123456789".indexOf(text.charAt(digits)) >= 0) {
      digits++;
    }
    Long unit = units.get(text.substring(digits).toLowerCase(Locale.ROOT));
    try {
      if (unit != null && digits <= 15) {
        return new BigDecimal(text.substring(0, digits))
            .multiply(BigDecimal.valueOf(unit))
            .longValue();
      }
    } catch (NumberFormatException malformed) {
      // Said below.
    }
    throw new IOException(expected + text + "'");
  }
}
