package org.atoll.image.debian;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** A certificate of a test's own archive, made out of a seed, and the messages that it signs. */
public final class SigningKey {
  /** When all keys are made. */
  public static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

  private final PGPKeyPair primary;
  private final PGPKeyPair signer;
  private PGPPublicKeyRing ring;

  private SigningKey(PGPKeyPair primary, PGPKeyPair signer, PGPPublicKeyRing ring) {
    this.primary = primary;
    this.signer = signer;
    this.ring = ring;
  }

  /** A key that signs by itself and does not expire. */
  public static SigningKey ofSeed(int seed) {
    return of(seed, binding -> binding.setKeyFlags(false, KeyFlags.SIGN_DATA));
  }

  /** A key whose life ends some seconds after it was made. */
  static SigningKey expiring(int seed, long lifeSeconds) {
    return of(seed, binding -> binding.setKeyExpirationTime(true, lifeSeconds));
  }

  /** A key that may only certify others. */
  static SigningKey certifying(int seed) {
    return of(seed, binding -> binding.setKeyFlags(true, KeyFlags.CERTIFY_OTHER));
  }

  /** A certificate whose subkey signs, as those of Debian's archive. */
  static SigningKey withSubkey(int seed) {
    return withSubkey(seed, Agreement.OF_BOTH);
  }

  /** Who has signed that a subkey belongs to its primary key. */
  enum Agreement {
    OF_BOTH,
    OF_THE_PRIMARY_KEY_ALONE
  }

  static SigningKey withSubkey(int seed, Agreement agreement) {
    try {
      PGPKeyPair primary = pair(seed);
      PGPKeyPair subkey = pair(seed + 1000);
      PGPKeyRingGenerator generator =
          generator(primary, b -> b.setKeyFlags(true, KeyFlags.CERTIFY_OTHER));
      PGPSignatureSubpacketGenerator flags = new PGPSignatureSubpacketGenerator();
      flags.setKeyFlags(true, KeyFlags.SIGN_DATA);
      flags.setSignatureCreationTime(true, Date.from(MADE));
      if (agreement == Agreement.OF_BOTH) {
        generator.addSubKey(subkey, flags.generate(), null, sha512(subkey));
      } else {
        generator.addSubKey(subkey, flags.generate(), null);
      }
      return new SigningKey(primary, subkey, generator.generatePublicKeyRing());
    } catch (PGPException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate with a revocation of the subkey that signs. */
  SigningKey subkeyRevoked() {
    try {
      PGPSignatureGenerator generator =
          new PGPSignatureGenerator(sha512(primary), primary.getPublicKey());
      generator.init(PGPSignature.SUBKEY_REVOCATION, primary.getPrivateKey());
      generator.setHashedSubpackets(issuedAt(primary, MADE).generate());
      PGPPublicKey subkey = requireNonNull(ring.getPublicKey(signer.getKeyID()));
      PGPSignature revocation = generator.generateCertification(ring.getPublicKey(), subkey);
      PGPPublicKey revoked = PGPPublicKey.addCertification(subkey, revocation);
      ring = PGPPublicKeyRing.insertPublicKey(ring, revoked);
      return this;
    } catch (PGPException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate with its own revocation in it. */
  SigningKey revoked() {
    try {
      PGPSignatureGenerator generator =
          new PGPSignatureGenerator(sha512(primary), primary.getPublicKey());
      generator.init(PGPSignature.KEY_REVOCATION, primary.getPrivateKey());
      generator.setHashedSubpackets(issuedAt(primary, MADE).generate());
      PGPSignature revocation = generator.generateCertification(ring.getPublicKey());
      PGPPublicKey revoked = PGPPublicKey.addCertification(ring.getPublicKey(), revocation);
      ring = PGPPublicKeyRing.insertPublicKey(ring, revoked);
      return this;
    } catch (PGPException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate in binary form. */
  public byte[] certificate() {
    try {
      return ring.getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] armoredCertificate() {
    return armored(certificate());
  }

  /** The text in cleartext form, signed a while after the key was made. */
  public byte[] sign(String text) {
    return sign(text, HashAlgorithmTags.SHA512, 0);
  }

  byte[] sign(String text, int hash, long lifeSeconds) {
    try {
      PGPSignatureGenerator generator =
          new PGPSignatureGenerator(
              new BcPGPContentSignerBuilder(signer.getPublicKey().getAlgorithm(), hash),
              signer.getPublicKey());
      generator.init(PGPSignature.CANONICAL_TEXT_DOCUMENT, signer.getPrivateKey());
      PGPSignatureSubpacketGenerator facts = issuedAt(signer, MADE.plusSeconds(3600));
      if (lifeSeconds > 0) {
        facts.setSignatureExpirationTime(true, lifeSeconds);
      }
      generator.setHashedSubpackets(facts.generate());
      String joined = String.join("\r\n", text.lines().map(String::stripTrailing).toList());
      generator.update(joined.getBytes(StandardCharsets.UTF_8));
      return frame(text, armored(generator.generate().getEncoded()));
    } catch (PGPException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] frame(String text, byte[] signature) {
    StringBuilder message = new StringBuilder("-----BEGIN PGP SIGNED MESSAGE-----\n");
    message.append("Hash: SHA512\n\n");
    for (String line : text.lines().toList()) {
      message.append(line.startsWith("-") ? "- " : "").append(line).append('\n');
    }
    message.append(new String(signature, StandardCharsets.US_ASCII));
    return message.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static SigningKey of(int seed, Consumer<PGPSignatureSubpacketGenerator> binding) {
    try {
      PGPKeyPair pair = pair(seed);
      return new SigningKey(pair, pair, generator(pair, binding).generatePublicKeyRing());
    } catch (PGPException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PGPKeyRingGenerator generator(
      PGPKeyPair primary, Consumer<PGPSignatureSubpacketGenerator> binding) throws PGPException {
    PGPSignatureSubpacketGenerator facts = new PGPSignatureSubpacketGenerator();
    facts.setSignatureCreationTime(true, Date.from(MADE));
    binding.accept(facts);
    return new PGPKeyRingGenerator(
        PGPSignature.POSITIVE_CERTIFICATION,
        primary,
        "Archive of a test",
        new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
        facts.generate(),
        null,
        sha512(primary),
        null);
  }

  private static PGPSignatureSubpacketGenerator issuedAt(PGPKeyPair by, Instant when) {
    PGPSignatureSubpacketGenerator facts = new PGPSignatureSubpacketGenerator();
    facts.setSignatureCreationTime(true, Date.from(when));
    facts.setIssuerFingerprint(false, by.getPublicKey());
    facts.setIssuerKeyID(false, by.getKeyID());
    return facts;
  }

  private static BcPGPContentSignerBuilder sha512(PGPKeyPair pair) {
    return new BcPGPContentSignerBuilder(
        pair.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA512);
  }

  private static PGPKeyPair pair(int seed) throws PGPException {
    byte[] secret = new byte[Ed25519PrivateKeyParameters.KEY_SIZE];
    secret[0] = (byte) seed;
    secret[1] = (byte) (seed >> 8);
    Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(secret);
    return new BcPGPKeyPair(
        PublicKeyPacket.VERSION_4,
        PublicKeyAlgorithmTags.EDDSA_LEGACY,
        new AsymmetricCipherKeyPair(key.generatePublicKey(), key),
        Date.from(MADE));
  }

  private static byte[] armored(byte[] packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream armour = ArmoredOutputStream.builder().build(out)) {
      armour.write(packets);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }
}
