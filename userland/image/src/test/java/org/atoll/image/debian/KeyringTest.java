package org.atoll.image.debian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.atoll.image.root.ImageException;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.junit.jupiter.api.Test;

class KeyringTest {
  private static final String TEXT = "Suite: stable\nNote: one\n-dashed\n \nEnd: yes\n";
  private static final Instant NOW = SigningKey.MADE.plus(Duration.ofDays(30));

  @Test
  void aGoodSignatureOfATrustedKeyPasses() throws IOException {
    SigningKey key = SigningKey.ofSeed(1);
    assertEquals(40, verify(key.certificate(), key.sign(TEXT)).length());
  }

  @Test
  void aSubkeyThatIsBoundBothWaysMaySign() throws IOException {
    SigningKey key = SigningKey.withSubkey(2);
    assertEquals(40, verify(key.certificate(), key.sign(TEXT)).length());
  }

  @Test
  void anArmoredKeyringOfSeveralBlocksIsRead() throws IOException {
    SigningKey key = SigningKey.ofSeed(3);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(SigningKey.ofSeed(4).armoredCertificate());
    both.writeBytes(key.armoredCertificate());
    assertEquals(40, verify(both.toByteArray(), key.sign(TEXT)).length());
  }

  @Test
  void whatIsSignedComesOutWithoutDashEscapes() throws IOException {
    String text = ClearSigned.parse(SigningKey.ofSeed(1).sign(TEXT), "it").text();
    assertEquals(TEXT.replace("\n \n", "\n\n"), text);
  }

  @Test
  void aChangedTextIsRefused() {
    SigningKey key = SigningKey.ofSeed(1);
    byte[] changed =
        text(key.sign(TEXT)).replace("Note: one", "Note: two").getBytes(StandardCharsets.UTF_8);
    refused(key.certificate(), changed, "the signature is wrong");
  }

  @Test
  void aKeyThatIsNotInTheKeyringIsRefused() {
    byte[] message = SigningKey.ofSeed(5).sign(TEXT);
    refused(SigningKey.ofSeed(6).certificate(), message, "no key of it has signed");
  }

  @Test
  void anExpiredKeyIsRefused() {
    SigningKey key = SigningKey.expiring(7, Duration.ofDays(20).toSeconds());
    refused(key.certificate(), key.sign(TEXT), "expired");
  }

  @Test
  void aKeyThatExpiresLaterPasses() throws IOException {
    SigningKey key = SigningKey.expiring(7, Duration.ofDays(40).toSeconds());
    assertEquals(40, verify(key.certificate(), key.sign(TEXT)).length());
  }

  @Test
  void aRevokedKeyIsRefused() {
    SigningKey key = SigningKey.ofSeed(8).revoked();
    refused(key.certificate(), key.sign(TEXT), "revoked");
  }

  @Test
  void aSubkeyThatHasNotAgreedToItsPrimaryKeyIsRefused() {
    SigningKey key = SigningKey.withSubkey(10, SigningKey.Agreement.OF_THE_PRIMARY_KEY_ALONE);
    refused(key.certificate(), key.sign(TEXT), "not bound to its primary key");
  }

  @Test
  void aRevokedSubkeyIsRefused() {
    SigningKey key = SigningKey.withSubkey(11).subkeyRevoked();
    refused(key.certificate(), key.sign(TEXT), "subkey is revoked");
  }

  @Test
  void aKeyThatMayNotSignIsRefused() {
    SigningKey key = SigningKey.certifying(9);
    refused(key.certificate(), key.sign(TEXT), "not one for signing");
  }

  @Test
  void anExpiredSignatureIsRefused() {
    SigningKey key = SigningKey.ofSeed(1);
    refused(key.certificate(), key.sign(TEXT, HashAlgorithmTags.SHA512, 60), "expired");
  }

  @Test
  void aWeakHashIsRefused() {
    SigningKey key = SigningKey.ofSeed(1);
    refused(key.certificate(), key.sign(TEXT, HashAlgorithmTags.SHA1, 0), "not accepted");
  }

  @Test
  void textBeforeOrAfterTheSignedPartIsRefused() {
    SigningKey key = SigningKey.ofSeed(1);
    String message = text(key.sign(TEXT));
    refused(
        key.certificate(),
        ("Evil: 1\n" + message).getBytes(StandardCharsets.UTF_8),
        "not a clear-signed");
    refused(
        key.certificate(),
        (message + "Evil: 1\n").getBytes(StandardCharsets.UTF_8),
        "after its signature");
    String header = message.replaceFirst("Hash: SHA512", "Hash: SHA512\nEvil: 1");
    refused(key.certificate(), header.getBytes(StandardCharsets.UTF_8), "not a clear-signed");
  }

  @Test
  void aTextWithoutASignatureIsRefused() {
    refused(
        SigningKey.ofSeed(1).certificate(),
        TEXT.getBytes(StandardCharsets.UTF_8),
        "not a clear-signed");
  }

  @Test
  void aKeyringThatIsNoneSaysSo() {
    ImageException e =
        assertThrows(
            ImageException.class, () -> Keyring.of("hello".getBytes(StandardCharsets.UTF_8), "k"));
    assertTrue(e.toString().contains("not an OpenPGP keyring"), e.getMessage());
  }

  private static String verify(byte[] keys, byte[] message) throws IOException {
    return Keyring.of(keys, "keys").verify(ClearSigned.parse(message, "it"), NOW, "it");
  }

  private static void refused(byte[] keys, byte[] message, String why) {
    ImageException e = assertThrows(ImageException.class, () -> verify(keys, message));
    assertTrue(e.toString().contains(why), e.getMessage());
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.UTF_8);
  }
}
