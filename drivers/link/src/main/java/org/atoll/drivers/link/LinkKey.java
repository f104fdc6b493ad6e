package org.atoll.drivers.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that the nodes of one VOS share: 32 bytes. It never crosses the wire, is never printed
 * and is in no file: a node's process is given it through a pipe.
 */
public final class LinkKey {

  /** Bytes of a key, of a nonce and of a proof. */
  public static final int BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] bytes;
  private final SecretKeySpec key;

  private LinkKey(byte[] bytes) {
    this.bytes = bytes;
    key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** Makes a new key. */
  public static LinkKey create() {
    return new LinkKey(random());
  }

  /** Reads the key that {@link #write} wrote; refuses anything that is not 32 bytes and an end. */
  public static LinkKey read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(BYTES + 1);
    if (bytes.length != BYTES) {
      throw new IOException(
          "the key of the node link must be "
              + BYTES
              + " bytes, but "
              + (bytes.length < BYTES ? bytes.length : "more")
              + " were given");
    }
    return new LinkKey(bytes);
  }

  /** Gives the key to whoever reads the other end. */
  public void write(OutputStream out) throws IOException {
    out.write(bytes);
  }

  /** 32 bytes that nobody can foretell. */
  public static byte[] random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** The HMAC-SHA-256 of the parts, one after the other. */
  byte[] proof(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
    }
  }

  @Override
  public String toString() {
    return "a key of the node link";
  }
}
