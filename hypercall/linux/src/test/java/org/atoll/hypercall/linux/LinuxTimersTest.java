package org.atoll.hypercall.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LinuxTimersTest {

  private static final long HOUR = 3_600_000_000_000L;
  private static final int FOR_EVER = -1;
  private static final int POLLIN = 1;

  private final Libc libc = new Libc();
  private final LinuxTimers timers = new LinuxTimers(libc);
  private final PollSet descriptors = new PollSet(1);
  private int timer;

  @BeforeEach
  void make() throws IOException {
    timer = timers.create();
    descriptors.set(0, timer, POLLIN);
  }

  @AfterEach
  void close() {
    var _ = libc.call(libc.symbol("close"), timer, 0, 0);
  }

  private int ready(int timeoutMillis) {
    return descriptors.poll(libc, timeoutMillis);
  }

  @Test
  void goesOffWhenItIsSet() throws IOException {
    assertEquals(0, ready(0));
    timers.set(timer, 1);
    assertEquals(1, ready(FOR_EVER));
  }

  @Test
  void forgetsWhatItWasSetToBefore() throws IOException {
    timers.set(timer, 1);
    assertEquals(1, ready(FOR_EVER));
    timers.set(timer, HOUR);
    assertEquals(0, ready(0));
    timers.set(timer, 1_000_000_001);
    assertEquals(1, ready(FOR_EVER));
  }

  @Test
  void somethingElseIsNoTimer() {
    IOException refused = assertThrows(IOException.class, () -> timers.set(-1, HOUR));
    assertEquals("timerfd_settime: Bad file descriptor", refused.getMessage());
  }
}
