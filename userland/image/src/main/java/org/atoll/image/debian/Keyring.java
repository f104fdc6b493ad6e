package org.atoll.image.debian;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.atoll.image.root.ImageException;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** The OpenPGP certificates whose holders may sign a release. */
public final class Keyring {
  private static final long KEYRING_BYTES_MAX = 16 << 20;

  private final String name;
  private final List<PGPPublicKeyRing> certificates;

  private Keyring(String name, List<PGPPublicKeyRing> certificates) {
    this.name = name;
    this.certificates = certificates;
  }

  /** Reads keyring files, binary or in ASCII armour. */
  public static Keyring read(List<Path> files) throws IOException {
    List<PGPPublicKeyRing> certificates = new ArrayList<>();
    for (Path file : files) {
      if (!Files.isReadable(file) || Files.size(file) > KEYRING_BYTES_MAX) {
        throw new ImageException("the keyring " + file + " cannot be read");
      }
      certificates.addAll(parse(Files.readAllBytes(file), file.toString()));
    }
    String name = String.join(", ", files.stream().map(Path::toString).toList());
    return new Keyring(name, certificates);
  }

  /** Reads a keyring that is at hand; {@code name} is what errors call it. */
  public static Keyring of(byte[] keys, String name) throws IOException {
    return new Keyring(name, parse(keys, name));
  }

  /** This keyring without the certificates that none of the fingerprints names. */
  public Keyring limitedTo(List<String> fingerprints) {
    List<PGPPublicKeyRing> kept =
        certificates.stream()
            .filter(ring -> fingerprints.stream().anyMatch(wanted -> hasKey(ring, wanted)))
            .toList();
    return new Keyring(name, kept);
  }

  /**
   * Checks that the message has at least one good signature, now, by a key of this keyring that is
   * neither revoked nor expired.
   *
   * @return the fingerprint of the certificate that signed, in hex
   * @throws ImageException that says, for every signature, what is wrong with it
   */
  public String verify(ClearSigned message, Instant now, String where) throws IOException {
    List<String> reasons = new ArrayList<>();
    for (PGPSignature signature : signatures(message, where)) {
      for (PGPPublicKeyRing ring : certificates) {
        PGPPublicKey key = ring.getPublicKey(signature.getKeyID());
        if (key == null) {
          continue;
        }
        Optional<String> reason = reasonAgainst(message, signature, ring, key, now);
        if (reason.isEmpty()) {
          return hex(ring.getPublicKey().getFingerprint());
        }
        reasons.add("key " + hex(key.getFingerprint()) + ": " + reason.get());
      }
    }
    String why = reasons.isEmpty() ? "no key of it has signed" : String.join("; ", reasons);
    throw new ImageException(where + " is not signed by the keyring " + name + " (" + why + ")");
  }

  private static Optional<String> reasonAgainst(
      ClearSigned message,
      PGPSignature signature,
      PGPPublicKeyRing ring,
      PGPPublicKey key,
      Instant now)
      throws IOException {
    try {
      if (!isStrong(signature)) {
        return Optional.of("its signature uses a hash or type that is not accepted");
      }
      if (isOutOfTime(signature, now)) {
        return Optional.of("its signature is expired or from the future");
      }
      Optional<String> untrusted = new KeyTrust(ring, now).reasonAgainst(key);
      if (untrusted.isPresent()) {
        return untrusted;
      }
      signature.init(new BcPGPContentVerifierBuilderProvider(), key);
      signature.update(message.signedBytes());
      return signature.verify() ? Optional.empty() : Optional.of("the signature is wrong");
    } catch (PGPException e) {
      return Optional.of("the signature cannot be checked: " + e.getMessage());
    }
  }

  private static boolean isStrong(PGPSignature signature) {
    boolean strongHash =
        switch (signature.getHashAlgorithm()) {
          case HashAlgorithmTags.SHA256, HashAlgorithmTags.SHA384, HashAlgorithmTags.SHA512 -> true;
          default -> false;
        };
    return strongHash && signature.getSignatureType() == PGPSignature.CANONICAL_TEXT_DOCUMENT;
  }

  private static boolean isOutOfTime(PGPSignature signature, Instant now) {
    Instant made = signature.getCreationTime().toInstant();
    long lifeSeconds = signature.getHashedSubPackets().getSignatureExpirationTime();
    boolean expired = lifeSeconds != 0 && now.isAfter(made.plusSeconds(lifeSeconds));
    return expired || made.isAfter(now.plus(Release.CLOCK_SKEW));
  }

  private static List<PGPSignature> signatures(ClearSigned message, String where)
      throws IOException {
    List<PGPSignature> signatures = new ArrayList<>();
    try (InputStream in = armored(message.signature())) {
      BcPGPObjectFactory packets = new BcPGPObjectFactory(in);
      for (Object o = packets.nextObject(); o != null; o = packets.nextObject()) {
        if (o instanceof PGPSignatureList list) {
          list.forEach(signatures::add);
        }
      }
    } catch (IOException | RuntimeException e) {
      // Bouncy Castle answers malformed packets with exceptions of both kinds.
      throw new ImageException(where + " has a signature that cannot be read", e);
    }
    return signatures;
  }

  private static List<PGPPublicKeyRing> parse(byte[] keys, String where) throws ImageException {
    List<PGPPublicKeyRing> rings = new ArrayList<>();
    try {
      for (byte[] block : blocks(keys)) {
        BcPGPObjectFactory packets =
            new BcPGPObjectFactory(isBinary(block) ? binary(block) : armored(block));
        for (Object o = packets.nextObject(); o != null; o = packets.nextObject()) {
          if (o instanceof PGPPublicKeyRing ring) {
            rings.add(ring);
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new ImageException(where + " is not an OpenPGP keyring: " + e.getMessage(), e);
    }
    if (rings.isEmpty()) {
      throw new ImageException(where + " is not an OpenPGP keyring: it has no public key");
    }
    return rings;
  }

  /** A file in ASCII armour may hold several blocks; the reader takes one at a time. */
  private static List<byte[]> blocks(byte[] keys) {
    if (isBinary(keys)) {
      return List.of(keys);
    }
    String start = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    List<byte[]> blocks = new ArrayList<>();
    String[] parts = new String(keys, StandardCharsets.ISO_8859_1).split(start, -1);
    for (int i = 1; i < parts.length; i++) {
      blocks.add((start + parts[i]).getBytes(StandardCharsets.ISO_8859_1));
    }
    return blocks;
  }

  /** An OpenPGP packet starts with its highest bit set (RFC 9580, section 4.2). */
  private static boolean isBinary(byte[] keys) {
    return keys.length > 0 && keys[0] < 0;
  }

  private static InputStream binary(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static InputStream armored(byte[] bytes) throws IOException {
    return new ArmoredInputStream(binary(bytes));
  }

  private static boolean hasKey(PGPPublicKeyRing ring, String fingerprint) {
    String wanted = fingerprint.replace("!", "").toLowerCase(Locale.ROOT);
    for (PGPPublicKey key : ring) {
      if (hex(key.getFingerprint()).equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static String hex(byte[] fingerprint) {
    return HexFormat.of().formatHex(fingerprint);
  }
}
