package org.atoll.image.debian;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.atoll.image.root.ImageException;

/**
 * What a suite's signed InRelease says: its names, its dates, and the hash of every index.
 *
 * @param signer fingerprint of the certificate that signed it
 */
public record Release(
    String origin, String suite, String codename, Instant date, String signer, String indexes) {
  /** How far the archive's clock may be ahead of ours. */
  public static final Duration CLOCK_SKEW = Duration.ofHours(24);

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss z", Locale.ENGLISH);

  /** Which of a release's dates are compared with the clock. */
  public enum Dates {
    CHECKED,
    /** As apt does with {@code Acquire::Check-Valid-Until "false"}. */
    EXPIRY_IGNORED
  }

  /**
   * Reads a message whose signature was found to be good.
   *
   * @throws ImageException when it is for another suite, expired, or from the future
   */
  public static Release parse(
      ClearSigned message, String signer, String wantedSuite, Dates dates, Instant now)
      throws IOException {
    Stanza stanza =
        Stanza.read(new BufferedReader(new StringReader(message.text())))
            .orElseThrow(() -> new ImageException("the InRelease of " + wantedSuite + " is empty"));
    String where = "the InRelease of " + wantedSuite;
    Release release =
        new Release(
            stanza.get("Origin"),
            stanza.get("Suite"),
            stanza.get("Codename"),
            date(stanza.require("Date", where), where),
            signer,
            stanza.require("SHA256", where));
    release.checkSuite(wantedSuite);
    release.checkDates(stanza.get("Valid-Until"), where, dates, now);
    return release;
  }

  /** What an index must be; empty when the suite has none at that path. */
  public Optional<DebPackage.Hashed> index(String path, String suiteFolder) throws ImageException {
    for (String line : indexes.split("\n", -1)) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length == 3 && words[2].equals(path)) {
        return Optional.of(DebPackage.Hashed.of(suiteFolder + "/" + path, words[1], words[0]));
      }
    }
    return Optional.empty();
  }

  private void checkSuite(String wanted) throws ImageException {
    if (!wanted.equals(suite) && !wanted.equals(codename)) {
      throw new ImageException(
          "asked for the suite " + wanted + " and got " + suite + " (" + codename + ")");
    }
  }

  private void checkDates(String validUntil, String where, Dates dates, Instant now)
      throws ImageException {
    if (date.isAfter(now.plus(CLOCK_SKEW))) {
      throw new ImageException(where + " is from the future, " + date + "; is the clock right?");
    }
    boolean expires = dates == Dates.CHECKED && !validUntil.isEmpty();
    if (expires && now.isAfter(date(validUntil, where))) {
      throw new ImageException(where + " is expired: it was valid until " + validUntil);
    }
  }

  private static Instant date(String text, String where) throws ImageException {
    try {
      return Instant.from(DATE.parse(text));
    } catch (DateTimeException e) {
      throw new ImageException(where + " has a date that cannot be read: " + text, e);
    }
  }
}
