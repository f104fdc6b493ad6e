package org.atoll.servers.ds;

import static org.atoll.servers.ds.DsFixture.MYFS;
import static org.atoll.servers.ds.DsFixture.OTHER_SERVICE;
import static org.atoll.servers.ds.DsFixture.PROCESS;
import static org.atoll.servers.ds.DsFixture.RS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.protocol.DsProtocol;
import org.atoll.abi.protocol.DsProtocol.Call;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

final class SubscriptionsTest {

  private final DsFixture f = new DsFixture();
  private final TurnRecorder ds = f.ds;

  private long check() {
    return ds.askWith(MYFS, new byte[0], 80, Call.CHECK, 0);
  }

  private long await() {
    return ds.askWith(MYFS, new byte[0], 80, Call.CHECK, DsProtocol.WAIT);
  }

  private void subscribe(String pattern, long flags) {
    assertEquals(0, ds.result(f.named(MYFS, Call.SUBSCRIBE, pattern, flags)));
  }

  @Test
  void aSubscriberIsNotifiedAndTakesEachNameOnce() {
    subscribe("net/*", 0);
    f.text(OTHER_SERVICE, "net/b", "x");
    f.text(OTHER_SERVICE, "net/a", "x");
    f.text(OTHER_SERVICE, "net/b", "y");
    f.text(OTHER_SERVICE, "disk", "x");
    assertEquals(List.of(MYFS, MYFS, MYFS), ds.notified());
    long first = check();
    assertEquals("net/a", f.out(first));
    assertEquals(DsProtocol.STRING, ds.word(first, 1));
    assertEquals(OTHER_SERVICE, ds.word(first, 3));
    assertEquals("net/b", f.out(check()));
    assertEquals(-Errno.ENOENT, ds.result(check()));
  }

  @Test
  void whoWaitsIsAnsweredAndNotNotified() {
    subscribe("disk", 0);
    long waits = await();
    assertFalse(ds.isAnswered(waits));
    f.text(OTHER_SERVICE, "disk", "x");
    assertEquals("disk", f.out(waits));
    assertEquals(List.of(), ds.notified());
  }

  @Test
  void oneWaitsAtATimeUntilCancelled() {
    subscribe("disk", 0);
    long waits = await();
    assertEquals(-Errno.EBUSY, ds.result(await()));
    ds.cancelRequest(waits);
    assertEquals(-Errno.EINTR, ds.result(waits));
    assertFalse(ds.isAnswered(await()));
  }

  @Test
  void whatIsThereAlreadyIsToldOnDemand() {
    subscribe("*", DsProtocol.INITIAL);
    assertEquals("myfs", f.out(check()));
    assertEquals("other", f.out(check()));
    subscribe("other", DsProtocol.INITIAL);
    assertEquals("other", f.out(check()));
  }

  @Test
  void whatIsGoneHasNoType() {
    subscribe("other", 0);
    f.named(RS, Call.DELETE, "other");
    long told = check();
    assertEquals("other", f.out(told));
    assertEquals(DsProtocol.ANY, ds.word(told, 1));
  }

  @Test
  void withoutSubscriptionThereIsNothingToWaitFor() {
    assertEquals(-Errno.ENOENT, ds.result(await()));
    subscribe("disk", 0);
    long waits = await();
    assertEquals(0, ds.result(f.named(MYFS, Call.UNSUBSCRIBE, "disk")));
    assertEquals(-Errno.ENOENT, ds.result(waits));
    assertEquals(-Errno.ENOENT, ds.result(f.named(MYFS, Call.UNSUBSCRIBE, "disk")));
  }

  @Test
  void aSubscriptionOfAProcessGoesWithIt() {
    long subscribed = f.named(PROCESS, Call.SUBSCRIBE, "disk", 0);
    f.isProcessOf(1000);
    assertEquals(0, ds.result(subscribed));
    f.oneEnds();
    f.text(OTHER_SERVICE, "disk", "x");
    assertEquals(List.of(), ds.notified());
  }

  @Test
  void tooManyChangesAreToldAsSuchOnce() {
    subscribe("t*", 0);
    for (int i = 0; i <= Subscriber.CHANGES_MAX; i++) {
      f.text(OTHER_SERVICE, "t" + i, "");
      ds.result(f.named(OTHER_SERVICE, Call.DELETE, "t" + i));
    }
    assertEquals(-Errno.EOVERFLOW, ds.result(check()));
    f.text(OTHER_SERVICE, "t", "");
    assertEquals("t", f.out(check()));
  }

  @Test
  void aTaskHasSoManyPatterns() {
    for (int i = 0; i < Subscriptions.PATTERNS_MAX; i++) {
      subscribe("p" + i, 0);
    }
    assertEquals(-Errno.EDQUOT, ds.result(f.named(MYFS, Call.SUBSCRIBE, "more", 0)));
    assertEquals(-Errno.EINVAL, ds.result(f.named(MYFS, Call.SUBSCRIBE, "a*b", 0)));
  }

  @Test
  void soManyTasksHaveSubscribed() {
    for (int i = 0; i < Subscriptions.SUBSCRIBERS_MAX; i++) {
      assertEquals(0, subscribed(PROCESS + i));
    }
    int oneMore = PROCESS + Subscriptions.SUBSCRIBERS_MAX;
    assertEquals(-Errno.ENOSPC, subscribed(oneMore));
  }

  private long subscribed(int process) {
    long request = f.named(process, Call.SUBSCRIBE, "p", 0);
    f.isProcessOf(1000);
    return ds.result(request);
  }
}
