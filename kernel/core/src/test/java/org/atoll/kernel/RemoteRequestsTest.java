package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
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
}
