package org.atoll.drivers.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.ConsoleProtocol;
import org.atoll.abi.protocol.RsProtocol.Call;
import org.atoll.hypercall.EventChannel;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Commands go to RS and come back; the driver is replaced by load(save()) before each event. */
final class ControlDriverTest {

  private static final int RS = 7;
  private static final int SERVICE = 9;

  private final Deque<Command> waiting = new ArrayDeque<>();
  private final Map<Long, Command> open = new TreeMap<>();
  private final Map<Long, Command.Answer> answers = new TreeMap<>();
  private final Commands back =
      new Commands() {
        @Override
        public @Nullable Command take() {
          return waiting.poll();
        }

        @Override
        public List<Command> taken() {
          return open.values().stream().filter(command -> !waiting.contains(command)).toList();
        }

        @Override
        public void begin() {}

        @Override
        public @Nullable Command find(long id) {
          return open.get(id);
        }

        @Override
        public void answer(long id, Command.Answer answer) {
          open.remove(id);
          answers.put(id, answer);
        }

        @Override
        public void channel(EventChannel channel) {}
      };
  private final TurnRecorder driver = fresh();

  private TurnRecorder fresh() {
    return new TurnRecorder(10, () -> ControlDriver.create(back)).serve(Role.RS, RS);
  }

  private void put(long id, Call call, Command.Own own) {
    put(id, call, "myfs", own);
  }

  private void put(long id, Call call, String name, Command.Own own) {
    Command command = new Command(id, call, name.getBytes(StandardCharsets.UTF_8), own);
    waiting.add(command);
    open.put(id, command);
  }

  private Command.Answer answer(long id) {
    Command.Answer answer = answers.get(id);
    if (answer == null) {
      throw new AssertionError("not answered: " + id);
    }
    return answer;
  }

  @Test
  void whatWaitsIsAskedOfRsAndAnsweredWithItsText() {
    put(1, Call.UPDATE, Command.Own.NONE);
    put(2, Call.KILL, Command.Own.NONE);
    driver.notifyServer(Endpoint.HOST);
    Sent update = driver.expect(Call.UPDATE);
    assertEquals("myfs", new String(update.in(), StandardCharsets.UTF_8));
    driver.answer(driver.expect(Call.KILL), 0);
    byte[] reason = "why".getBytes(StandardCharsets.UTF_8);
    driver.answerWith(update, reason, -Errno.EINVAL, 3);
    assertEquals(0, answer(2).words()[0]);
    assertEquals(-Errno.EINVAL, answer(1).words()[0]);
    assertTrue(new String(answer(1).bytes(), StandardCharsets.UTF_8).startsWith("why"));
  }

  @Test
  void aCallOfAServiceGoesToTheOneThatRsFinds() {
    int type = ConsoleProtocol.Call.STATUS.number();
    put(1, Call.FIND, new Command.Own(type, new long[] {5, 6}, new byte[] {1}));
    driver.notifyServer(Endpoint.HOST);
    driver.answer(driver.expect(Call.FIND), SERVICE);
    Sent own = driver.expect(ConsoleProtocol.Call.STATUS);
    assertEquals(SERVICE, own.destination());
    assertEquals(6, own.word(1));
    driver.answer(own, 42);
    assertEquals(42, answer(1).words()[0]);
  }

  @Test
  void aServiceThatIsNotThereIsNotCalled() {
    put(1, Call.FIND, Command.Own.NONE);
    driver.notifyServer(Endpoint.HOST);
    driver.answer(driver.expect(Call.FIND), -Errno.ENOENT);
    assertEquals(-Errno.ENOENT, answer(1).words()[0]);
  }

  @Test
  void whatAnEarlierDriverTookIsAnsweredByTheNextOne() {
    put(1, Call.SERVICES, "", Command.Own.NONE);
    put(2, Call.KILL, ControlDriver.NAME, Command.Own.NONE);
    driver.notifyServer(Endpoint.HOST);
    put(3, Call.SERVICES, "", Command.Own.NONE);
    TurnRecorder next = fresh();
    next.notifyServer(Endpoint.HOST);
    assertEquals(-Errno.EDEADSRCDST, answer(1).words()[0]);
    assertEquals(0, answer(2).words()[0]);
    next.answer(next.expect(Call.SERVICES), 7);
    assertEquals(7, answer(3).words()[0]);
  }
}
