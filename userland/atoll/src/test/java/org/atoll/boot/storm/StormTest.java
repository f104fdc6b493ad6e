package org.atoll.boot.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -Datoll.messages=10000000} for a long one. */
class StormTest {

  private static final long MESSAGES = Long.getLong("atoll.messages", 100_000);

  private final Ledger ledger = new Ledger(2, Long.MAX_VALUE);

  @Test
  void inAStormEachMessageComesOnceAndNobodyWaitsInTheEnd() {
    Storm.Outcome outcome = Storm.run(MESSAGES, 1, 3);
    assertTrue(outcome.messages() >= MESSAGES, outcome::toString);
    assertTrue(outcome.cancelled() > 0, outcome::toString);
    assertTrue(outcome.lateAnswers() > 0, outcome::toString);
    assertTrue(outcome.failed() > 0, outcome::toString);
    assertTrue(outcome.moves() > 0, outcome::toString);
  }

  /** A node dies early, while calls are on their way after processes that move. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 4, 10, 20, 21, 42, 53})
  void aShortStormEndsThoughCallsGoThroughANodeThatDies(long seed) {
    Storm.Outcome outcome = Storm.run(40_000, seed, 4);
    assertTrue(outcome.failed() > 0 && outcome.moves() > 0, outcome::toString);
  }

  @Test
  void aSeedGivesOneStorm() {
    assertEquals(Storm.run(20_000, 7, 2), Storm.run(20_000, 7, 2));
  }

  @Test
  void aCallThatComesTwiceIsSeen() {
    long call = ledger.begin(0);
    ledger.serve(call);
    assertThrows(Broken.class, () -> ledger.serve(call));
  }

  @Test
  void anAnswerToAnotherCallIsSeen() {
    long call = ledger.begin(0);
    long other = ledger.begin(0);
    ledger.serve(call);
    ledger.serve(other);
    assertThrows(Broken.class, () -> ledger.answered(call, Ledger.answer(other), false, false));
  }

  @Test
  void aCallThatIsAnsweredTwiceIsSeen() {
    long call = ledger.begin(0);
    ledger.serve(call);
    ledger.answered(call, Ledger.answer(call), false, false);
    assertThrows(Broken.class, () -> ledger.answered(call, Ledger.answer(call), false, false));
  }

  @Test
  void aCallThatFailsThoughAllLiveIsSeen() {
    long call = ledger.begin(0);
    assertThrows(Broken.class, () -> ledger.answered(call, -Errno.EDEADSRCDST, false, true));
  }

  @Test
  void aMessageThatIsMissingIsSeen() {
    assertEquals(1, ledger.say(0, 1));
    assertEquals(2, ledger.say(0, 1));
    assertThrows(Broken.class, () -> ledger.tell(0, 1, 2));
  }
}
