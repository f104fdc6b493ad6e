package org.atoll.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.atoll.abi.Handler;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that does not return fails, wherever it is that it does not. */
final class TurnLimitTest {

  private static final String SOURCE =
      """
      import java.util.*;
      import java.util.stream.*;
      import org.atoll.abi.*;
      import org.atoll.libsys.*;

      public final class Own implements Server {
        private final Rows calls = new Rows();
        private final List<byte[]> kept = new ArrayList<>();
        MEMBERS
        public Own() { MAKING }
        private int deep(int n) { return n + deep(n + 1); }
        private void turn() { TURN }
        public Rows calls() { return calls; }
        public void request(Turn turn, long request, Message m) {  }
        public void resume(Turn turn, Row row, Message answer) {}
        public void cancelled(Turn turn, long request) {}
        public void save(StateWriter out) { turn(); SAVING }
        public void load(StateReader in) { LOADING }
      }
      """;

  private static final String MANY = " does not return: more than 268,435,456 jumps and calls";

  @TempDir Path folder;

  private OwnService load(String place, String statements) throws IOException {
    Path file = folder.resolve("Own.java");
    Files.writeString(
        file,
        SOURCE.replace(place, statements).replaceAll("MEMBERS|MAKING|TURN|SAVING|LOADING", ""));
    return ServiceLoading.load(file);
  }

  /** A part of the service that needs no node: what holds for it holds for all. */
  private static void turn(Handler service) {
    service.save(new StateWriter());
  }

  private static String failure(Class<? extends Throwable> type, OwnService service) {
    return String.valueOf(assertThrows(type, () -> turn(service.maker().get())).getMessage());
  }

  @Test
  void aLoopInATurnIsEndedAndNamed() throws IOException {
    String swallowing = "while (true) { try { kept.size(); } catch (Throwable t) {} }";
    assertEquals(
        "Own.turn" + MANY + " in one turn", failure(TurnTooLong.class, load("TURN", swallowing)));
  }

  @Test
  void aLoopInALambdaIsNamedAfterItsMethod() throws IOException {
    String stream = "Stream.generate(() -> 1).forEach(n -> {});";
    assertEquals(
        "Own.turn" + MANY + " in one turn", failure(TurnTooLong.class, load("TURN", stream)));
  }

  @Test
  void eachTurnHasTheWholeLimit() throws IOException {
    Handler service = load("TURN", "for (int i = 0; i < 200_000_000; i++) {}").maker().get();
    turn(service);
    turn(service);
  }

  @Test
  void aConstructorThatLoopsIsEnded() throws IOException {
    OwnService service = load("MAKING", "while (true) {}");
    assertEquals(
        "Own.<init>" + MANY + " in one turn",
        assertThrows(TurnTooLong.class, service.maker()::get).getMessage());
  }

  @Test
  void anInitializerThatLoopsIsNeverLoaded() throws IOException {
    String members =
        "enum Call implements ProtocolCall { ONE; { while (name() != null) {} }"
            + " public int number() { return 0x4000; }"
            + " public Signature signature() { return Signature.of(\"\", \"\"); } }";
    ServiceRefused refused = assertThrows(ServiceRefused.class, () -> load("MEMBERS", members));
    assertEquals(
        folder.resolve("Own.java") + ": Own$Call.<init>" + MANY + " in one turn",
        refused.getMessage());
  }

  @Test
  void savingAndLoadingThatLoopAreEnded() throws IOException {
    Handler saving = load("SAVING", "while (true) {}").maker().get();
    assertEquals(
        "Own.save" + MANY + " in one turn",
        assertThrows(TurnTooLong.class, () -> saving.save(new StateWriter())).getMessage());
    Handler loading = load("LOADING", "while (true) {}").maker().get();
    StateWriter state = new StateWriter();
    loading.save(state);
    assertEquals(
        "Own.load" + MANY + " in one turn",
        assertThrows(TurnTooLong.class, () -> loading.load(new StateReader(state.toBytes())))
            .getMessage());
  }

  /** A turn whose polls are told this, and whose clock goes on by 90 ms meanwhile. */
  private static Turn turnIn(int passed) {
    long[] now = new long[1];
    KernelCalls kernel =
        proxy(
            KernelCalls.class,
            call -> {
              now[0] += call.equals("passed") ? 90_000_000 : 0;
              return call.equals("passed") ? (Object) passed : now[0];
            });
    return proxy(Turn.class, _ -> kernel);
  }

  private static <T> T proxy(Class<T> type, Function<String, Object> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, _) -> answer.apply(method.getName())));
  }

  private static void poll(TurnLimit limit, int looks) {
    for (int i = 0; i < looks * (TurnLimit.POLLS_BETWEEN_LOOKS + 1); i++) {
      limit.poll();
    }
  }

  @Test
  void theTimeOfOthersIsNotItsTime() {
    TurnLimit limit = new TurnLimit();
    limit.begin(turnIn(KernelCalls.WENT_ON));
    assertThrows(TurnTooLong.class, () -> poll(limit, 20));
    limit.begin(turnIn(KernelCalls.INTERRUPTED));
    int before = limit.turn();
    poll(limit, 20);
    assertTrue(limit.turn() != before, "the watch sees that it does not hang");
    assertTrue(TurnLimit.underWay(limit.turn()));
  }

  @Test
  void aTurnThatIsEndedThrowsAtEachPoll() {
    TurnLimit limit = new TurnLimit();
    limit.begin(turnIn(KernelCalls.ENDED));
    assertThrows(TurnTooLong.class, () -> poll(limit, 2));
    assertThrows(TurnTooLong.class, limit::poll);
    assertThrows(TurnTooLong.class, limit::poll);
  }

  @Test
  void endlessRecursionIsOneFailedTurn() throws IOException {
    assertEquals(
        "Own calls itself too deep",
        failure(IllegalStateException.class, load("TURN", "deep(1);")));
  }

  @Test
  void moreMemoryThanThereIsIsOneFailedTurnAndTheStateIsLetGo() throws IOException {
    String huge = "kept.add(new byte[7]); long[] all = new long[Integer.MAX_VALUE - 8];";
    Handler service = load("TURN", huge).maker().get();
    assertEquals(
        "Own needs more memory than the node has",
        assertThrows(IllegalStateException.class, () -> turn(service)).getMessage());
    assertEquals(
        "Own has failed and waits to be renewed",
        assertThrows(IllegalStateException.class, () -> turn(service)).getMessage());
  }
}
