package org.atoll.image.debian;

import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.operator.PGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.jspecify.annotations.Nullable;

/**
 * Whether a key of one certificate may sign at one moment (RFC 9580, sections 5.2.1 and 10.1): its
 * bindings are made by the primary key, allow signing, and it is neither revoked nor expired.
 */
final class KeyTrust {
  private final PGPPublicKey primary;
  private final Instant now;
  private final PGPContentVerifierBuilderProvider verifiers =
      new BcPGPContentVerifierBuilderProvider();

  KeyTrust(PGPPublicKeyRing certificate, Instant now) {
    this.primary = certificate.getPublicKey();
    this.now = now;
  }

  /** Why the key may not sign; empty when it may. */
  Optional<String> reasonAgainst(PGPPublicKey key) throws PGPException {
    if (isRevoked(primary, PGPSignature.KEY_REVOCATION)) {
      return Optional.of("the key is revoked");
    }
    PGPSignature certification = newestCertification();
    if (certification == null) {
      return Optional.of("the key has no certification of its own");
    }
    if (isExpired(primary, certification)) {
      return Optional.of("the key is expired");
    }
    return key.isMasterKey() ? maySign(certification) : againstSubkey(key);
  }

  private Optional<String> againstSubkey(PGPPublicKey key) throws PGPException {
    if (isRevoked(key, PGPSignature.SUBKEY_REVOCATION)) {
      return Optional.of("the subkey is revoked");
    }
    PGPSignature binding = newestBinding(key);
    if (binding == null) {
      return Optional.of("the subkey is not bound to its primary key");
    }
    return isExpired(key, binding) ? Optional.of("the subkey is expired") : maySign(binding);
  }

  private static Optional<String> maySign(PGPSignature binding) {
    boolean flagged = binding.getHashedSubPackets().hasSubpacket(SignatureSubpacketTags.KEY_FLAGS);
    int flags = binding.getHashedSubPackets().getKeyFlags();
    boolean allowed = !flagged || (flags & KeyFlags.SIGN_DATA) != 0;
    return allowed ? Optional.empty() : Optional.of("the key is not one for signing");
  }

  private boolean isExpired(PGPPublicKey key, PGPSignature binding) {
    long lifeSeconds = binding.getHashedSubPackets().getKeyExpirationTime();
    Instant made = key.getCreationTime().toInstant();
    return lifeSeconds != 0 && !now.isBefore(made.plusSeconds(lifeSeconds));
  }

  private boolean isRevoked(PGPPublicKey key, int type) throws PGPException {
    Iterator<PGPSignature> revocations = key.getSignaturesOfType(type);
    while (revocations.hasNext()) {
      if (isGood(revocations.next(), key)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable PGPSignature newestCertification() throws PGPException {
    PGPSignature newest = newestOf(primary.getSignaturesOfType(PGPSignature.DIRECT_KEY), primary);
    Iterator<byte[]> ids = primary.getRawUserIDs();
    while (ids.hasNext()) {
      byte[] id = ids.next();
      Iterator<PGPSignature> signatures = primary.getSignaturesForID(id);
      while (signatures != null && signatures.hasNext()) {
        PGPSignature signature = signatures.next();
        if (signature.isCertification() && isOwn(signature) && certifies(signature, id)) {
          newest = newer(newest, signature);
        }
      }
    }
    return newest;
  }

  private @Nullable PGPSignature newestBinding(PGPPublicKey key) throws PGPException {
    return newestOf(key.getSignaturesOfType(PGPSignature.SUBKEY_BINDING), key);
  }

  private @Nullable PGPSignature newestOf(Iterator<PGPSignature> signatures, PGPPublicKey key)
      throws PGPException {
    PGPSignature newest = null;
    while (signatures.hasNext()) {
      PGPSignature signature = signatures.next();
      if (isGood(signature, key) && isBackSigned(signature, key)) {
        newest = newer(newest, signature);
      }
    }
    return newest;
  }

  private static PGPSignature newer(@Nullable PGPSignature a, PGPSignature b) {
    return a != null && made(a).isAfter(made(b)) ? a : b;
  }

  private static Instant made(PGPSignature signature) {
    return signature.getCreationTime().toInstant();
  }

  private boolean isOwn(PGPSignature signature) {
    return signature.getKeyID() == primary.getKeyID()
        && !made(signature).isAfter(now.plus(Release.CLOCK_SKEW));
  }

  private boolean certifies(PGPSignature signature, byte[] id) throws PGPException {
    signature.init(verifiers, primary);
    return signature.verifyCertification(id, primary);
  }

  /** Whether the primary key itself made this signature over the key. */
  private boolean isGood(PGPSignature signature, PGPPublicKey key) throws PGPException {
    if (!isOwn(signature)) {
      return false;
    }
    signature.init(verifiers, primary);
    return key.isMasterKey()
        ? signature.verifyCertification(key)
        : signature.verifyCertification(primary, key);
  }

  /** Whether a subkey that signs has itself agreed to belong to the primary key. */
  private boolean isBackSigned(PGPSignature binding, PGPPublicKey key) throws PGPException {
    if (key.isMasterKey()) {
      return true;
    }
    return hasBackSignature(binding.getHashedSubPackets(), key)
        || hasBackSignature(binding.getUnhashedSubPackets(), key);
  }

  private boolean hasBackSignature(PGPSignatureSubpacketVector subpackets, PGPPublicKey key)
      throws PGPException {
    for (PGPSignature back : subpackets.getEmbeddedSignatures()) {
      back.init(verifiers, key);
      if (back.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING
          && back.verifyCertification(primary, key)) {
        return true;
      }
    }
    return false;
  }
}
