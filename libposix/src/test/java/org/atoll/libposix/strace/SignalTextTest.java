package org.atoll.libposix.strace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SignalTextTest {

  private static String info(int signal, int code, int pid, int uid, long value) {
    StringBuilder out = new StringBuilder();
    SignalText.info(out, signal, code, pid, uid, value);
    return out.toString();
  }

  @Test
  void aChildShowsHowItEnded() {
    assertEquals(
        "{si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=5, si_uid=0, si_status=3,"
            + " si_utime=0, si_stime=0}",
        info(17, 1, 5, 0, 3));
    assertEquals(
        "{si_signo=SIGCHLD, si_code=CLD_KILLED, si_pid=5, si_uid=0, si_status=SIGKILL,"
            + " si_utime=0, si_stime=0}",
        info(17, 2, 5, 0, 9));
  }

  @Test
  void aSignalOfAProcessShowsWhoSentIt() {
    assertEquals("{si_signo=SIGUSR1, si_code=SI_USER, si_pid=7, si_uid=1}", info(10, 0, 7, 1, 0));
    assertEquals("{si_signo=SIGRT_1, si_code=SI_TKILL, si_pid=7, si_uid=1}", info(33, -6, 7, 1, 0));
  }

  @Test
  void newsOfAFileShowTheReasonAndTheBand() {
    assertEquals("{si_signo=SIGIO, si_code=POLL_IN, si_band=65}", info(29, 1, 0x41, 0, 5));
    assertEquals("{si_signo=SIGIO, si_code=SI_KERNEL}", info(29, 0x80, 0, 0, 0));
  }

  @Test
  void aFaultShowsItsAddress() {
    assertEquals("{si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=NULL}", info(11, 1, 0, 0, 0));
    assertEquals("{si_signo=SIGBUS, si_code=BUS_ADRERR, si_addr=0x77}", info(7, 2, 0, 0, 0x77));
  }

  @Test
  void theKernelSaysNoMore() {
    assertEquals("{si_signo=SIGINT, si_code=SI_KERNEL}", info(2, 0x80, 0, 0, 0));
  }

  @Test
  void signalsAreChosenByName() {
    assertEquals(Set.of("SIGCHLD", "SIGINT"), SignalNames.set("CHLD,SIGINT"));
    assertEquals(63, SignalNames.set("!CHLD").size());
    assertEquals(Set.of(), SignalNames.set("none"));
    assertThrows(IllegalArgumentException.class, () -> SignalNames.set("FOO"));
  }
}
