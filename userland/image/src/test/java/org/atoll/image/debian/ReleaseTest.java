package org.atoll.image.debian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.atoll.image.root.ImageException;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  private static final Instant DATE = Instant.parse("2026-01-01T00:00:00Z");
  private static final String HASHES = "SHA256:\n " + "a".repeat(64) + " 12 main/x\n";
  private static final String HEAD =
      "Suite: stable\nCodename: trixie\nDate: Thu, 01 Jan 2026 00:00:00 UTC\n";

  @Test
  void anIndexIsFoundByItsPath() throws IOException {
    Release release = parse(HEAD + HASHES, DATE);
    assertEquals(
        new DebPackage.Hashed("dists/s/main/x", 12, "a".repeat(64)),
        release.index("main/x", "dists/s").orElseThrow());
    assertTrue(release.index("main/y", "dists/s").isEmpty());
  }

  @Test
  void aReleaseFromTheFutureIsRefused() throws IOException {
    assertEquals(DATE, parse(HEAD + HASHES, DATE.minus(Duration.ofHours(23))).date());
    refused(HEAD + HASHES, DATE.minus(Duration.ofHours(25)), "from the future");
  }

  @Test
  void aDateThatCannotBeReadIsRefused() {
    refused(HEAD.replace("Jan", "Foo") + HASHES, DATE, "cannot be read");
  }

  @Test
  void aReleaseWithoutHashesIsRefused() {
    refused(HEAD, DATE, "has no SHA256");
  }

  private static void refused(String text, Instant now, String why) {
    ImageException e = assertThrows(ImageException.class, () -> parse(text, now));
    assertTrue(e.toString().contains(why), e.toString());
  }

  private static Release parse(String text, Instant now) throws IOException {
    ClearSigned message = ClearSigned.parse(SigningKey.ofSeed(1).sign(text), "it");
    return Release.parse(message, "signer", "trixie", Release.Dates.CHECKED, now);
  }
}
