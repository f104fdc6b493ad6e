package org.atoll.image.debian;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.atoll.image.root.ImageException;

/**
 * A text with its signatures in OpenPGP's cleartext form (RFC 9580, section 7), taken apart.
 *
 * <p>It is strict: nothing may stand before, between or after the two parts, so that what is used
 * is what was signed.
 */
public final class ClearSigned {
  private static final String TEXT_START = "-----BEGIN PGP SIGNED MESSAGE-----";
  private static final String SIGNATURE_START = "-----BEGIN PGP SIGNATURE-----";
  private static final String SIGNATURE_END = "-----END PGP SIGNATURE-----";

  private final List<String> lines;
  private final String signature;

  private ClearSigned(List<String> lines, String signature) {
    this.lines = lines;
    this.signature = signature;
  }

  /** Takes a message apart; {@code where} names it in errors. */
  public static ClearSigned parse(byte[] message, String where) throws ImageException {
    List<String> all =
        new String(message, StandardCharsets.UTF_8).lines().map(String::stripTrailing).toList();
    int textStart = all.indexOf("") + 1;
    int signatureStart = all.indexOf(SIGNATURE_START);
    int signatureEnd = all.indexOf(SIGNATURE_END);
    boolean framed =
        !all.isEmpty()
            && all.getFirst().equals(TEXT_START)
            && 0 < textStart
            && textStart < signatureStart
            && signatureStart < signatureEnd;
    if (!framed || !headersOnly(all.subList(1, textStart - 1))) {
      throw new ImageException(where + " is not a clear-signed message");
    }
    if (!all.subList(signatureEnd + 1, all.size()).stream().allMatch(String::isEmpty)) {
      throw new ImageException(where + " has text after its signature");
    }
    return new ClearSigned(
        unescape(all.subList(textStart, signatureStart), where),
        String.join("\n", all.subList(signatureStart, signatureEnd + 1)) + "\n");
  }

  /** The signed text, its lines ended by line feeds. */
  public String text() {
    return String.join("\n", lines) + "\n";
  }

  /** The bytes that the signatures are over: lines ended by CR LF, the last one not ended. */
  public byte[] signedBytes() {
    return String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  /** The signatures in ASCII armour. */
  public byte[] signature() {
    return signature.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean headersOnly(List<String> headers) {
    return headers.stream().allMatch(line -> line.startsWith("Hash: "));
  }

  private static List<String> unescape(List<String> lines, String where) throws ImageException {
    String[] plain = lines.toArray(String[]::new);
    for (int i = 0; i < plain.length; i++) {
      if (plain[i].startsWith("- ")) {
        plain[i] = plain[i].substring(2);
      } else if (plain[i].startsWith("-")) {
        throw new ImageException(where + " has a line of dashes in its signed text");
      }
    }
    return Arrays.asList(plain);
  }
}
