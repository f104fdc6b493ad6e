package org.atoll.drivers.link.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OwnCertificateTest {

  @Test
  void theJdkReadsItAndItSignsItself() throws GeneralSecurityException {
    OwnCertificate own = OwnCertificate.create();
    own.certificate().verify(own.certificate().getPublicKey());
    own.certificate().checkValidity();
    assertEquals("CN=atoll", own.certificate().getSubjectX500Principal().getName());
  }

  @Test
  void eachHasAFingerprintOfItsOwn() {
    byte[] first = OwnCertificate.fingerprint(OwnCertificate.create().certificate());
    byte[] second = OwnCertificate.fingerprint(OwnCertificate.create().certificate());
    assertEquals(OwnCertificate.FINGERPRINT_BYTES, first.length);
    assertFalse(Arrays.equals(first, second));
  }

  @Test
  void bothEndsOfAConnectionMakeTheSameOfTheirCertificates() {
    OwnCertificate one = OwnCertificate.create();
    OwnCertificate two = OwnCertificate.create();
    assertArrayEquals(one.binding(two.certificate(), true), two.binding(one.certificate(), false));
    assertFalse(
        Arrays.equals(one.binding(two.certificate(), true), two.binding(one.certificate(), true)));
  }
}
