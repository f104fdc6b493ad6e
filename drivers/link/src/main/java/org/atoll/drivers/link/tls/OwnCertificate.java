package org.atoll.drivers.link.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The certificate that this process has made for itself, with its private key (EC P-256): good for
 * connections of this process alone, and signed by nobody else (RFC 5280).
 *
 * @param key its private key
 * @param certificate what the other end is shown
 */
public record OwnCertificate(PrivateKey key, X509Certificate certificate) {

  /** The only version of TLS between machines. */
  public static final String PROTOCOL = "TLSv1.3";

  /** Takes the certificate of whoever is at the other end. */
  public static final X509TrustManager ANY_PEER = new AnyPeer();

  /** Bytes of a fingerprint. */
  public static final int FINGERPRINT_BYTES = 32;

  private static final String SIGNED_BY = "SHA256withECDSA";
  private static final int SERIAL_BITS = 120;

  /** Object 1.2.840.10045.4.3.2, ecdsa-with-SHA256. */
  private static final byte[] ECDSA_SHA256 = HexFormat.of().parseHex("2a8648ce3d040302");

  /** Object 2.5.4.3, a common name. */
  private static final byte[] COMMON_NAME = HexFormat.of().parseHex("550403");

  /** Makes a new one. */
  public static OwnCertificate create() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] statement = statement(pair);
      Signature signature = Signature.getInstance(SIGNED_BY);
      signature.initSign(pair.getPrivate());
      signature.update(statement);
      byte[] bits = Der.of(Der.BIT_STRING, new byte[1], signature.sign());
      byte[] whole = Der.of(Der.SEQUENCE, statement, algorithm(), bits);
      Certificate made =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
      return new OwnCertificate(pair.getPrivate(), (X509Certificate) made);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has EC P-256 and X.509", impossible);
    }
  }

  /** The part that is signed. Nobody asks for its dates: clocks of two machines differ. */
  private static byte[] statement(KeyPair pair) {
    byte[] serial = new BigInteger(SERIAL_BITS, new SecureRandom()).toByteArray();
    byte[] dates =
        Der.of(
            Der.SEQUENCE,
            Der.of(Der.UTC_TIME, ascii("000101000000Z")),
            Der.of(Der.GENERAL_TIME, ascii("99991231235959Z")));
    return Der.of(
        Der.SEQUENCE,
        Der.of(Der.FIRST, Der.of(Der.INTEGER, new byte[] {2})),
        Der.of(Der.INTEGER, serial),
        algorithm(),
        name(),
        dates,
        name(),
        pair.getPublic().getEncoded());
  }

  private static byte[] algorithm() {
    return Der.of(Der.SEQUENCE, Der.of(Der.OBJECT, ECDSA_SHA256));
  }

  private static byte[] name() {
    byte[] object = Der.of(Der.OBJECT, COMMON_NAME);
    byte[] text = Der.of(Der.UTF8, ascii("atoll"));
    return Der.of(Der.SEQUENCE, Der.of(Der.SET, Der.of(Der.SEQUENCE, object, text)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** What tells one certificate from all others: the SHA-256 of its encoding. */
  public static byte[] fingerprint(Certificate of) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(of.getEncoded());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /**
   * What proofs within a connection hold for, so that nobody can stand between its ends: the
   * fingerprints of both certificates (the idea of RFC 5929, tls-server-end-point, for both ends).
   *
   * @param connecting whether this process is the one that connected
   */
  public byte[] binding(Certificate peer, boolean connecting) {
    byte[] mine = fingerprint(certificate);
    byte[] theirs = fingerprint(peer);
    byte[] both = new byte[2 * FINGERPRINT_BYTES];
    System.arraycopy(mine, 0, both, connecting ? 0 : FINGERPRINT_BYTES, FINGERPRINT_BYTES);
    System.arraycopy(theirs, 0, both, connecting ? FINGERPRINT_BYTES : 0, FINGERPRINT_BYTES);
    return both;
  }

  /** For sockets of the JDK that show this certificate and take any. */
  public SSLContext context() {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry("own", key, new char[0], new Certificate[] {certificate});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance(PROTOCOL);
      context.init(keys.getKeyManagers(), new TrustManager[] {ANY_PEER}, null);
      return context;
    } catch (GeneralSecurityException | java.io.IOException impossible) {
      throw new IllegalStateException("every JDK has " + PROTOCOL, impossible);
    }
  }
}
