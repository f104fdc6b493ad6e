package org.atoll.servers.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How what is typed shows. */
final class EchoTest {

  private static final String BACK = "\b \b";

  private final TypedTerminal t = new TypedTerminal();

  @Test
  void charactersAndNewlinesAreEchoed() {
    assertEquals("ab\r\n", t.type("ab\n").shown());
  }

  @Test
  void withoutEchoNothingIs() {
    assertEquals("", t.with(0, 0, 0, Termios.ECHO).type("ab\n").shown());
  }

  @Test
  void echonlShowsTheNewlineAlone() {
    assertEquals("\r\n", t.with(0, 0, Termios.ECHONL, Termios.ECHO).type("ab\n").shown());
  }

  @Test
  void controlCharactersShowAsLetters() {
    assertEquals("^A^?", t.key(Termios.VERASE, 0).type("\u0001\u007f").shown());
  }

  @Test
  void withoutEchoctlTheyGoOutAsTheyAre() {
    assertEquals("\u0001", t.with(0, 0, 0, Termios.ECHOCTL).type("\u0001").shown());
  }

  @Test
  void eraseGoesBackOverWhatTheCharacterTook() {
    assertEquals("a" + BACK, t.type("a\u007f").shown());
    assertEquals("^A" + BACK + BACK, t.type("\u0001\u007f").shown());
  }

  @Test
  void eraseGoesBackOverATab() {
    assertEquals("ab\t\b\b\b\b\b\b", t.type("ab\t\u007f").shown());
  }

  @Test
  void aTabIsMeasuredFromWhereTheLineBegan() {
    t.write("> ");
    assertEquals("> a\t\b\b\b\b\b", t.type("a\t\u007f").shown());
  }

  @Test
  void withoutEchoeEraseIsShownItself() {
    assertEquals("a^?", t.with(0, 0, 0, Termios.ECHOE).type("a\u007f").shown());
  }

  @Test
  void echoprtPrintsWhatIsErased() {
    t.with(0, 0, Termios.ECHOPRT, 0);
    assertEquals("abc\\cb/x", t.type("abc\u007f\u007fx").shown());
  }

  @Test
  void killGoesBackToTheBeginning() {
    assertEquals("ab" + BACK + BACK, t.type("ab\u0015").shown());
  }

  @Test
  void withoutEchokeKillBeginsANewLine() {
    assertEquals("ab^U\r\n", t.with(0, 0, 0, Termios.ECHOKE).type("ab\u0015").shown());
  }

  @Test
  void reprintShowsTheLineAgain() {
    assertEquals("ab^R\r\nab", t.type("ab\u0012").shown());
  }

  @Test
  void literalNextShowsItsPlace() {
    assertEquals("^\b^C", t.type("\u0016\u0003").shown());
  }

  @Test
  void signalsShowTheirCharacter() {
    assertEquals("^C", t.type("\u0003").shown());
  }

  @Test
  void endOfFileShowsNothing() {
    assertEquals("", t.type("\u0004").shown());
  }
}
