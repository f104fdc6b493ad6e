package org.atoll.servers.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What becomes of what is written. */
final class LineOutputTest {

  private final TypedTerminal t = new TypedTerminal();

  private String written(String text) {
    t.write(text);
    return t.shown();
  }

  @Test
  void newlinesBecomeTwoCharacters() {
    assertEquals("a\r\nb", written("a\nb"));
  }

  @Test
  void withoutOpostNothingChanges() {
    t.output(0, Termios.OPOST);
    assertEquals("a\nb\t", written("a\nb\t"));
  }

  @Test
  void carriageReturnsBecomeNewlinesWithOcrnl() {
    t.output(Termios.OCRNL, Termios.ONLCR);
    assertEquals("a\n", written("a\r"));
  }

  @Test
  void aCarriageReturnInTheFirstColumnIsLeftOutWithOnocr() {
    t.output(Termios.ONOCR, Termios.ONLCR);
    assertEquals("a\r", written("\ra\r\r"));
  }

  @Test
  void lettersAreRaisedWithOlcuc() {
    t.output(Termios.OLCUC, 0);
    assertEquals("AB1", written("aB1"));
  }

  @Test
  void tabsBecomeSpacesWithXtabs() {
    t.output(Termios.XTABS, 0);
    assertEquals("a       b\bcc      d", written("a\tb\bcc\td"));
  }

  @Test
  void aNewlineReturnsToTheFirstColumnWithOnlret() {
    t.output(Termios.XTABS | Termios.ONLRET, Termios.ONLCR);
    assertEquals("ab\n        c", written("ab\n\tc"));
  }

  @Test
  void bytesThatContinueACharacterOfUtf8TakeNoColumn() {
    t.with(Termios.IUTF8, 0, 0, 0).output(Termios.XTABS, 0);
    assertEquals("\u00c3\u00a9       c", written("\u00c3\u00a9\tc"));
  }

  @Test
  void aWriterStopsAtTheLimit() {
    int taken = t.write("x".repeat(20_000));
    assertTrue(taken > 12_000 && taken <= LineOutput.WRITTEN_BYTES_MAX);
    assertEquals(0, t.write("x"));
    assertEquals(taken, t.shown().length());
    assertEquals(1, t.write("x"));
  }

  @Test
  void anEchoFindsRoomWhereAWriterDoesNot() {
    t.write("x".repeat(20_000));
    t.type("e");
    assertTrue(t.shown().endsWith("xe"));
  }
}
