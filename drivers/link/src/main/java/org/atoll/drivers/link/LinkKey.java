package org.atoll.drivers.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that the nodes of one VOS share: 32 bytes in a file that only its owner may read. It
 * never crosses the wire and is never printed.
 */
public final class LinkKey {

  /** Bytes of a key, of a nonce and of a proof. */
  public static final int BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final SecretKeySpec key;

  private LinkKey(byte[] bytes) {
    key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /** A new key. */
  public static LinkKey create() {
    return new LinkKey(random());
  }

  /** Hands the key to another process of its owner, through a pipe between the two. */
  public void writeTo(OutputStream pipe) throws IOException {
    pipe.write(key.getEncoded());
  }

  /** Reads a key that another process hands over by {@link #writeTo}. */
  public static LinkKey readFrom(InputStream pipe) throws IOException {
    byte[] bytes = pipe.readNBytes(BYTES);
    if (bytes.length != BYTES) {
      throw new IOException("the key of the node link must be 32 bytes, but is " + bytes.length);
    }
    return new LinkKey(bytes);
  }

  /** Makes a new key in a new file of mode 0600. */
  public static LinkKey create(Path file) throws IOException {
    byte[] bytes = random();
    Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.setPosixFilePermissions(file, OWNER_ONLY);
    Files.write(file, bytes, StandardOpenOption.WRITE);
    return new LinkKey(bytes);
  }

  /** Reads a key; refuses a file that is not regular, not of mode 0600 or not of 32 bytes. */
  public static LinkKey read(Path file) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new IOException(file + ": the key of the node link must be a regular file");
    }
    if (!attributes.permissions().equals(OWNER_ONLY)) {
      throw new IOException(
          file
              + ": the key of the node link must have mode 0600 (rw-------), but has "
              + PosixFilePermissions.toString(attributes.permissions()));
    }
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != BYTES) {
      throw new IOException(
          file + ": the key of the node link must be 32 bytes, but is " + bytes.length);
    }
    return new LinkKey(bytes);
  }

  /** 32 bytes that nobody can foretell. */
  public static byte[] random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** The HMAC-SHA-256 of the parts, one after the other. */
  public byte[] proof(byte[]... parts) {
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
