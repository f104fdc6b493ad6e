package org.atoll.servers.tty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What becomes of what is typed; the terminal is saved and loaded after every byte. */
final class LineInputTest {

  private final TypedTerminal t = new TypedTerminal();

  @Test
  void aLineIsReadWhenItIsComplete() {
    t.type("hello");
    assertFalse(t.hasInput());
    t.type("\n");
    assertEquals("hello\n", t.read());
  }

  @Test
  void oneReadGivesOneLine() {
    t.type("a\nb\n");
    assertEquals("a\n", t.read());
    assertEquals("b\n", t.read());
  }

  @Test
  void aShortReadLeavesTheRestOfTheLine() {
    t.type("abcdef\n");
    assertEquals("abc", t.read(3));
    assertEquals("def\n", t.read());
  }

  @Test
  void eraseTakesTheLastCharacterAway() {
    t.type("abc\u007fd\n");
    assertEquals("abd\n", t.read());
  }

  @Test
  void eraseDoesNotReachIntoTheLineBefore() {
    t.type("a\n\u007f\u007fb\n");
    assertEquals("a\n", t.read());
    assertEquals("b\n", t.read());
  }

  @Test
  void killTakesTheLineAway() {
    t.type("abc\u0015d\n");
    assertEquals("d\n", t.read());
  }

  @Test
  void wordEraseTakesAWordAndWhatFollowsIt() {
    t.type("one two, \u0017x\n");
    assertEquals("one x\n", t.read());
  }

  @Test
  void wordEraseNeedsIexten() {
    t.with(0, 0, 0, Termios.IEXTEN).type("a\u0017\n");
    assertEquals("a\u0017\n", t.read());
  }

  @Test
  void literalNextTakesAnyCharacterAsItIs() {
    t.type("a\u0016\u0003\u0016\u007f\n");
    assertEquals("a\u0003\u007f\n", t.read());
    assertEquals(0, t.signals());
  }

  @Test
  void endOfFileGivesWhatIsTyped() {
    t.type("abc\u0004");
    assertEquals("abc", t.read());
    assertFalse(t.hasInput());
  }

  @Test
  void endOfFileAtTheBeginningOfALineIsReadAsNothing() {
    t.type("\u0004");
    assertTrue(t.hasInput());
    assertEquals("", t.read());
    assertFalse(t.hasInput());
  }

  @Test
  void anEndOfFileIsNotReadTwice() {
    t.type("abc\u0004");
    assertEquals("abc", t.read(3));
    assertFalse(t.hasInput());
  }

  @Test
  void otherEndsOfLineAreKept() {
    t.key(Termios.VEOL, '!').key(Termios.VEOL2, '?').type("a!b?c\n");
    assertEquals("a!", t.read());
    assertEquals("b?", t.read());
    assertEquals("c\n", t.read());
  }

  @Test
  void eraseTakesAWholeCharacterOfUtf8() {
    t.with(Termios.IUTF8, 0, 0, 0).type("a\u00c3\u00a9\u007f\n");
    assertEquals("a\n", t.read());
  }

  @Test
  void carriageReturnsAndNewlinesAreMapped() {
    t.type("a\r");
    assertEquals("a\n", t.read());
    t.with(Termios.INLCR, Termios.ICRNL, 0, Termios.ICANON).type("a\r\n");
    assertEquals("a\r\r", t.read());
    t.with(Termios.IGNCR, Termios.INLCR, 0, 0).type("a\r\n");
    assertEquals("a\n", t.read());
  }

  @Test
  void bitsAreStrippedAndLettersLowered() {
    t.with(Termios.ISTRIP | Termios.IUCLC, 0, 0, 0).type("\u00e1BC\n");
    assertEquals("abc\n", t.read());
  }

  @Test
  void aMarkIsDoubledWithParmrk() {
    t.with(Termios.PARMRK, 0, 0, 0).type("\u00ff\n");
    assertEquals("\u00ff\u00ff\n", t.read());
  }

  @Test
  void interruptQuitAndSuspendRaiseSignalsAndThrowInputAway() {
    t.type("a\nlost\u0003");
    assertEquals(1L << 2, t.signals());
    assertFalse(t.hasInput());
    t.type("\u001c\u001a");
    assertEquals(1L << 3 | 1L << 20, t.signals());
    t.type("b\n");
    assertEquals("b\n", t.read());
  }

  @Test
  void noflshKeepsTheInput() {
    t.with(0, 0, Termios.NOFLSH, 0).type("a\u0003b\n");
    assertEquals(1L << 2, t.signals());
    assertEquals("ab\n", t.read());
  }

  @Test
  void withoutIsigTheyAreCharacters() {
    t.with(0, 0, 0, Termios.ISIG).type("\u0003\n");
    assertEquals(0, t.signals());
    assertEquals("\u0003\n", t.read());
  }

  @Test
  void stopAndStartHoldOutput() {
    t.type("\u0013");
    assertTrue(t.isStopped());
    assertEquals(0, t.write("x"));
    t.type("\u0011");
    assertFalse(t.isStopped());
    assertEquals(1, t.write("x"));
  }

  @Test
  void anyKeyStartsOutputWithIxany() {
    t.with(Termios.IXANY, 0, 0, 0).type("\u0013a");
    assertFalse(t.isStopped());
  }

  @Test
  void echoesWaitWhileOutputIsStopped() {
    t.type("\u0013ab");
    assertEquals("", t.shown());
    t.type("\u0011");
    assertEquals("ab", t.shown());
  }

  @Test
  void aLineThatIsTooLongCanStillBeEnded() {
    assertEquals(5_001, t.paste("x".repeat(5_000) + "\n"));
    String line = t.read();
    assertEquals(4_096, line.length());
    assertTrue(line.endsWith("x\n"));
  }

  @Test
  void completeLinesFillTheQueue() {
    assertEquals(4_095, t.paste("line\n".repeat(1_000)));
  }

  @Test
  void bytesAreReadAtOnceWithoutCanonicalMode() {
    t.with(0, 0, 0, Termios.ICANON).type("ab");
    assertEquals("ab", t.read());
  }

  @Test
  void whatWasTypedBeforeCanonicalModeIsALine() {
    t.with(0, 0, 0, Termios.ICANON).type("ab");
    t.with(0, 0, Termios.ICANON, 0);
    assertEquals("ab", t.read());
  }

  @Test
  void anUnfinishedLineIsBytesAfterCanonicalMode() {
    t.type("ab").with(0, 0, 0, Termios.ICANON);
    assertEquals("ab", t.read());
  }

  @Test
  void rawInputGoesThroughWhole() {
    int input = Termios.ICRNL | Termios.IXON;
    int local = Termios.ICANON | Termios.ISIG | Termios.ECHO;
    t.with(0, input, 0, local).paste("\r\n\u0003\u0004\u0013\u00ff");
    assertEquals("\r\n\u0003\u0004\u0013\u00ff", t.read());
    assertEquals("", t.shown());
  }
}
