package org.atoll.servers.ds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.atoll.servers.ds.DsFixture.MYFS;
import static org.atoll.servers.ds.DsFixture.OTHER_SERVICE;
import static org.atoll.servers.ds.DsFixture.PROCESS;
import static org.atoll.servers.ds.DsFixture.RS;
import static org.atoll.servers.ds.DsFixture.SECOND_PROCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.atoll.abi.Errno;
import org.atoll.abi.protocol.DsProtocol;
import org.atoll.abi.protocol.DsProtocol.Call;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

final class PublishingTest {

  private static final int OVERWRITE = DsProtocol.OVERWRITE;

  private final DsFixture f = new DsFixture();
  private final TurnRecorder ds = f.ds;

  @Test
  void aServiceIsFoundByItsName() {
    assertEquals(MYFS, f.endpoint("myfs"));
    assertEquals(-Errno.ENOENT, f.endpoint("nosuch"));
  }

  @Test
  void everyTypeComesBackAsItWasPublished() {
    assertEquals(0, ds.result(f.publish(MYFS, 0, DsProtocol.U32, 0xffff_ffffL, "n32", "")));
    assertEquals(0, ds.result(f.publish(MYFS, 0, DsProtocol.U64, -1, "n64", "")));
    assertEquals(0, f.text(MYFS, "t", "hello"));
    assertEquals(0xffff_ffffL, ds.word(f.retrieve(PROCESS, "n32"), 1));
    assertEquals(-1, ds.word(f.retrieve(PROCESS, "n64"), 1));
    assertEquals("hello", f.textOf("t"));
    assertEquals(DsProtocol.STRING, ds.word(f.retrieve(PROCESS, "t"), 3));
    assertEquals(MYFS, ds.word(f.retrieve(PROCESS, "t"), 2));
  }

  @Test
  void aNameOfAnotherTypeIsNotFound() {
    assertEquals(-Errno.ENOENT, ds.result(f.named(PROCESS, Call.RETRIEVE, "myfs", DsProtocol.U32)));
  }

  @Test
  void whatIsThereIsOnlyReplacedOnDemandAndByItsOwner() {
    assertEquals(0, f.text(MYFS, "t", "old"));
    long again = f.publish(MYFS, 0, DsProtocol.STRING, 0, "t", "new");
    assertEquals(-Errno.EEXIST, ds.result(again));
    assertEquals(-Errno.EPERM, f.text(OTHER_SERVICE, "t", "new"));
    assertEquals(-Errno.EPERM, f.text(OTHER_SERVICE, "myfs", "new"));
    assertEquals(0, f.text(MYFS, "t", "new"));
    assertEquals("new", f.textOf("t"));
  }

  @Test
  void onlyRsPublishesEndpointsOfOthers() {
    assertEquals(0, ds.result(f.publish(MYFS, 0, DsProtocol.LABEL, OTHER_SERVICE, "alias", "")));
    assertEquals(MYFS, f.endpoint("alias"));
  }

  @Test
  void aNameIsPlainAndNotTooLong() {
    for (String name : new String[] {"", "a b", "a\n", "a*", "x".repeat(81)}) {
      assertEquals(-Errno.EINVAL, f.text(MYFS, name, "text"), name);
    }
    assertEquals(0, f.text(MYFS, "x".repeat(80), "text"));
  }

  @Test
  void aValueThatDoesNotFitIsRefused() {
    assertEquals(-Errno.E2BIG, f.text(MYFS, "t", "x".repeat(DsProtocol.VALUE_BYTES_MAX + 1)));
    long number = f.publish(MYFS, 0, DsProtocol.U32, 1L << 32, "n", "");
    assertEquals(-Errno.EINVAL, ds.result(number));
  }

  @Test
  void anOwnerHasAQuota() {
    for (int i = 0; i < 4; i++) {
      assertEquals(0, f.text(MYFS, "t" + i, "x".repeat(60_000)));
    }
    assertEquals(-Errno.EDQUOT, f.text(MYFS, "t4", "x".repeat(60_000)));
    assertEquals(0, f.text(OTHER_SERVICE, "t4", "x".repeat(60_000)));
    assertEquals(0, f.text(MYFS, "t3", "x".repeat(61_000)));
  }

  @Test
  void anOwnerHasSoManyEntries() {
    for (int i = 0; i < Entries.OWNER_ENTRIES_MAX; i++) {
      assertEquals(0, f.text(MYFS, "t" + i, ""));
    }
    assertEquals(-Errno.EDQUOT, f.text(MYFS, "more", ""));
  }

  @Test
  void aProcessPublishesItselfUnderNamesOfUsersOnly() {
    assertEquals(0, f.label(PROCESS, 1000, 0, "user/clock"));
    assertEquals(PROCESS, f.endpoint("user/clock"));
    assertEquals(-Errno.EPERM, f.label(PROCESS, 0, 0, "clock"));
    assertEquals(-Errno.EPERM, f.label(PROCESS, 0, OVERWRITE, "myfs"));
    assertEquals(-Errno.EPERM, f.text(MYFS, "user/mine", ""));
  }

  @Test
  void theSameUserAndRootReplaceANameAndNobodyElse() {
    assertEquals(0, f.label(PROCESS, 1000, 0, "user/clock"));
    assertEquals(-Errno.EEXIST, f.label(SECOND_PROCESS, 1000, 0, "user/clock"));
    assertEquals(-Errno.EPERM, f.label(SECOND_PROCESS, 1001, OVERWRITE, "user/clock"));
    assertEquals(0, f.label(SECOND_PROCESS, 1000, OVERWRITE, "user/clock"));
    assertEquals(SECOND_PROCESS, f.endpoint("user/clock"));
    long deleted = f.named(PROCESS, Call.DELETE, "user/clock");
    f.isProcessOf(0);
    assertEquals(0, ds.result(deleted));
  }

  @Test
  void whatAProcessPublishedGoesWhenItEnds() {
    f.label(PROCESS, 1000, 0, "user/a");
    f.label(PROCESS, 1000, 0, "user/b");
    f.oneEnds();
    assertEquals(-Errno.ENOENT, f.endpoint("user/a"));
    assertEquals(-Errno.ENOENT, f.endpoint("user/b"));
    assertEquals(MYFS, f.endpoint("myfs"));
  }

  @Test
  void theEndOfAProcessThatHasNothingLeftDoesNotMatter() {
    f.label(PROCESS, 1000, 0, "user/a");
    long call = ds.expect(PmProtocol.Call.END_OF).call();
    long deleted = f.named(PROCESS, Call.DELETE, "user/a");
    f.isProcessOf(1000);
    assertEquals(0, ds.result(deleted));
    assertTrue(ds.cancelledCalls().contains(call));
  }

  @Test
  void aProcessThatHasEndedPublishesNothing() {
    long request = f.publish(PROCESS, 0, DsProtocol.LABEL, 0, "user/a", "");
    ds.answer(ds.expect(PmProtocol.Call.PROCESS_OF), -Errno.ESRCH);
    assertEquals(-Errno.ESRCH, ds.result(request));
  }

  @Test
  void processesLeaveHalfOfTheRoomToServices() {
    int process = PROCESS;
    long result = 0;
    int published = 0;
    for (; result == 0; process++) {
      for (int i = 0; i < 32 && result == 0; i++) {
        result = f.label(process, 1000, 0, "user/" + process + "-" + i);
        published += result == 0 ? 1 : 0;
      }
    }
    assertEquals(-Errno.ENOSPC, result);
    assertEquals(Entries.ENTRIES_MAX / 2, published);
    assertEquals(0, f.text(MYFS, "t", "room"));
  }

  @Test
  void onlyItsOwnerTakesAwayWhatIsThere() {
    f.text(MYFS, "t", "text");
    assertEquals(-Errno.EPERM, ds.result(f.named(OTHER_SERVICE, Call.DELETE, "t")));
    f.label(PROCESS, 1000, 0, "user/clock");
    long deleted = f.named(SECOND_PROCESS, Call.DELETE, "user/clock");
    f.isProcessOf(1001);
    assertEquals(-Errno.EPERM, ds.result(deleted));
    assertEquals("text", f.textOf("t"));
    assertEquals(PROCESS, f.endpoint("user/clock"));
  }

  @Test
  void withTheNameOfAServiceGoesWhatItPublished() {
    f.text(MYFS, "t", "text");
    f.text(OTHER_SERVICE, "u", "text");
    assertEquals(0, ds.result(f.named(RS, Call.DELETE, "myfs")));
    assertEquals(-Errno.ENOENT, ds.result(f.retrieve(PROCESS, "t")));
    assertEquals(4, ds.result(f.retrieve(PROCESS, "u")));
  }

  @Test
  void aCheckpointIsForItsServiceAndRsAlone() {
    byte[] state = "state".getBytes(ISO_8859_1);
    assertEquals(0, ds.result(ds.askWith(MYFS, state, 0, Call.CHECKPOINT)));
    assertEquals("state", f.out(f.retrieve(RS, "checkpoint/myfs")));
    assertEquals("state", f.out(f.retrieve(MYFS, "checkpoint/myfs")));
    assertEquals(-Errno.EPERM, ds.result(f.retrieve(OTHER_SERVICE, "checkpoint/myfs")));
    assertEquals(-Errno.EPERM, ds.result(f.retrieve(PROCESS, "checkpoint/myfs")));
    assertEquals(-Errno.EPERM, f.text(OTHER_SERVICE, "checkpoint/other", "x"));
  }

  @Test
  void anEmptyCheckpointIsNone() {
    ds.askWith(MYFS, new byte[] {1}, 0, Call.CHECKPOINT);
    assertEquals(0, ds.result(ds.askWith(MYFS, new byte[0], 0, Call.CHECKPOINT)));
    assertEquals(-Errno.ENOENT, ds.result(f.retrieve(RS, "checkpoint/myfs")));
  }

  @Test
  void aProcessHasNoCheckpoint() {
    long request = ds.askWith(PROCESS, new byte[] {1}, 0, Call.CHECKPOINT);
    f.isProcessOf(0);
    assertEquals(-Errno.EPERM, ds.result(request));
  }

  @Test
  void theListingComesInPiecesInTheOrderOfNames() {
    f.text(MYFS, "a", "two words");
    String first = f.out(ds.askWith(PROCESS, new byte[0], 90, Call.LIST));
    assertEquals(
        "NAME TYPE OWNER USER BYTES VALUE\na string 9.0 - 9 two words\nmyfs label 7.0 - 0 9.0\n",
        first);
    long rest = ds.askWith(PROCESS, "myfs".getBytes(ISO_8859_1), 90, Call.LIST);
    assertEquals("other label 7.0 - 0 10.0\n", f.out(rest));
    assertEquals(0, ds.word(rest, 1));
  }

  @Test
  void whoIsUnknownWaitsForPmAlone() {
    long request = f.publish(PROCESS, 0, DsProtocol.LABEL, 0, "user/a", "");
    assertFalse(ds.isAnswered(request));
    ds.callsLeft(0);
    long refused = f.publish(SECOND_PROCESS, 0, DsProtocol.LABEL, 0, "user/b", "");
    assertEquals(-Errno.EAGAIN, ds.result(refused));
  }
}
