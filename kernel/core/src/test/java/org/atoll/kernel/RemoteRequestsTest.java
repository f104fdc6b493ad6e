package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.atoll.abi.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {1, 2})
final class RemoteRequestsTest {

  private final TestNode test = new TestNode();
  private final RemoteRequests requests;

  RemoteRequestsTest(int cpus) {
    requests = new RemoteRequests(test.frames, new Staging(), cpus);
  }

  private CallRecord begin(int caller, int sequence) {
    CallRecord call = requests.begin(CallRecord.token(caller, sequence));
    assertNotNull(call);
    return call;
  }

  @Test
  void aRequestIsTakenOnce() {
    begin(5, 1);
    assertNull(requests.begin(CallRecord.token(5, 1)));
  }

  @Test
  void aRecordServesAnotherCallerOnceItIsRecycled() {
    CallRecord call = begin(5, 1);
    call.sent();
    requests.remove(call);
    call.recycling.run();
    CallRecord again = begin(6, 1);
    assertSame(call, again);
    assertEquals(CallRecord.token(6, 1), again.token());
    assertNull(requests.find(CallRecord.token(5, 1)));
  }

  @Test
  void aLetterAboutARecycledRecordIsAboutNoCall() {
    CallRecord call = begin(5, 1);
    Letter letter = new Letter();
    letter.set(Letter.CANCEL, 5, call.token(), call, null);
    assertSame(call, letter.call());
    requests.remove(call);
    call.recycling.run();
    begin(6, 1);
    assertNull(letter.call());
  }

  @Test
  void aBufferLentFromARecycledRecordIsGone() {
    CallRecord call = begin(5, 1);
    call.out.stage(4);
    call.sent();
    Buffer lent = new Buffer(test.frames, new Staging());
    lent.lend(call, call.out, 0, 4);
    assertEquals(1, lent.write(0, new byte[1], 0, 1));
    requests.remove(call);
    call.recycling.run();
    CallRecord again = begin(6, 1);
    again.out.stage(4);
    again.sent();
    assertSame(call, again);
    assertEquals(-org.atoll.abi.Errno.EFAULT, lent.write(0, new byte[1], 0, 1));
  }

  @Test
  void whatIsInTheTableIsFoundAndNothingElse() {
    Random random = new Random(11);
    TreeMap<Long, CallRecord> model = new TreeMap<>();
    for (int i = 0; i < 100_000; i++) {
      long request = CallRecord.token(random.nextInt(40), 1 + random.nextInt(40));
      CallRecord known = model.get(request);
      assertSame(known, requests.find(request));
      if (known == null && random.nextInt(3) > 0) {
        model.put(request, begin((int) (request >>> 32), (int) request));
      } else if (known != null) {
        requests.remove(known);
        known.recycling.run();
        model.remove(request);
      }
    }
    List<CallRecord> all = new ArrayList<>(model.values());
    assertEquals(all, requests.which(call -> true));
  }

  private CallRecord late(int sequence, int bytes) {
    CallRecord call = begin(5, sequence);
    requests.late(call, bytes);
    call.sent();
    return call;
  }

  @Test
  void whatIsLateTakesNoRoomUntilItIsAskedFor() {
    // Each has a place of the same size.
    int two = 2 * Limits.BUFFER_BYTES_MAX;
    requests.stage(begin(5, 1), 10_000);
    requests.stage(begin(5, 5), 4_096);
    CallRecord cancelled = late(2, 10_000);
    assertNull(requests.nextLate(two - 1));
    requests.remove(cancelled);
    CallRecord second = late(3, 20_000);
    CallRecord third = late(4, 10_000);
    assertNull(requests.nextLate(two - 1));
    assertSame(second, requests.nextLate(two));
    assertNull(requests.nextLate(two));
    requests.remove(second);
    assertSame(third, requests.nextLate(two));
    assertNull(requests.nextLate(Long.MAX_VALUE));
  }

  @Test
  void bytesComeOnceAndWhenTheyWereAskedFor() {
    CallRecord call = late(1, 10_000);
    assertNull(requests.comes(call));
    assertSame(call, requests.nextLate(Limits.BUFFER_BYTES_MAX));
    assertTrue(requests.isLate(call));
    assertNotNull(requests.comes(call));
    assertFalse(requests.isLate(call));
    assertNull(requests.comes(call));
  }

  @Test
  void whoComesLaterIsLateWhileSomebodyIsUnlessItHasFewBytes() {
    int few = Staging.SMALL_BYTES;
    assertTrue(requests.mayStage(few + 1));
    CallRecord late = late(1, 10_000);
    assertFalse(requests.mayStage(few + 1));
    assertTrue(requests.mayStage(few));
    assertTrue(requests.ask(late));
    assertFalse(requests.ask(late));
    assertTrue(requests.mayStage(few + 1));
  }

  @Test
  void whereServersRestSoManyAreAskedForThatHaveNotCome() {
    for (int i = 1; i <= RemoteRequests.MORE + 2; i++) {
      late(i, 10_000);
    }
    int asked = 0;
    while (requests.nextLate(requests.restingMax()) != null) {
      asked++;
    }
    assertEquals(RemoteRequests.MORE, asked);
    requests.comes(Objects.requireNonNull(requests.find(CallRecord.token(5, 1))));
    assertNotNull(requests.nextLate(requests.restingMax()));
    assertNull(requests.nextLate(requests.restingMax()));
  }
}
