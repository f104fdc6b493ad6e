package org.atoll.image.debian;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebVersionTest {
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "1.0, =, 1.0",
    "1.0, =, 0:1.0",
    "1.0, =, 1.0-0",
    "1.0, =, 1.00",
    "1.0, <, 1.1",
    "1.9, <, 1.10",
    "2.0, <, 1:0.1",
    "1.0-1, <, 1.0-2",
    "1.0-1, <, 1.0-1.1",
    "1.0-9, <, 1.0-10",
    "1.0~rc1, <, 1.0",
    "1.0~rc1-1, <, 1.0-1",
    "1.0~~, <, 1.0~",
    "1.0~, <, 1.0~a",
    "1.0, <, 1.0a",
    "1.0a, <, 1.0+",
    "1.0a, <, 1.0b",
    "1.0+b1, <, 1.0.1",
    "1.37.0-6, <, 1.37.0-6+b9",
    "1:1.37.0-6+b9, <, 1:1.37.0-6+b10",
    "6.3.0+dfsg-3, >, 6.3.0-3",
    "10.46-1~deb13u2, <, 10.46-1",
    "2.41-12+deb13u4, >, 2.41-12",
    "1.3.dfsg+really1.3.1-1+b1, >, 1.3.dfsg-1",
    "20250131-1, >, 9999999-1",
    "99999999999999999999999, <, 100000000000000000000000",
    "1-2-3, <, 1-2-4",
    "1-2-3, >, 1-1-4",
    "0, >, 0~~~0",
  })
  void ordersAsPolicySays(String a, String sign, String b) {
    int order = new DebVersion(a).compareTo(new DebVersion(b));
    assertEquals(sign, order < 0 ? "<" : order > 0 ? ">" : "=");
    assertEquals(-Integer.signum(order), Integer.signum(compare(b, a)));
  }

  private static int compare(String a, String b) {
    return new DebVersion(a).compareTo(new DebVersion(b));
  }
}
