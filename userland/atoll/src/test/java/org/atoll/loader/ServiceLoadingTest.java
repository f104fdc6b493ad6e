package org.atoll.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atoll.abi.ProtocolCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services are compiled, checked and linked; what a server must not use is named. */
final class ServiceLoadingTest {

  private static final String SOURCE =
      """
      import java.util.*;
      import java.util.function.*;
      import org.atoll.abi.*;
      import org.atoll.libsys.*;

      public final class Own implements Server {
        private final Rows calls = new Rows();
        MEMBERS
        public Rows calls() { return calls; }
        public void request(Turn turn, long request, Message m) { STATEMENTS }
        public void resume(Turn turn, Row row, Message answer) {}
        public void cancelled(Turn turn, long request) {}
        public void save(StateWriter out) {}
        public void load(StateReader in) {}
      }
      """;

  @TempDir Path folder;

  private OwnService load(String members, String statements) throws IOException {
    Path file = folder.resolve("Own.java");
    Files.writeString(file, SOURCE.replace("MEMBERS", members).replace("STATEMENTS", statements));
    return ServiceLoading.load(file);
  }

  private String refusal(String members, String statements) {
    return String.valueOf(
        assertThrows(ServiceRefused.class, () -> load(members, statements)).getMessage());
  }

  @Test
  void aServerIsNamedAfterItsClass() throws IOException {
    OwnService service = load("", "turn.reply(request, 0);");
    assertEquals("own", service.name());
    assertNotSame(service.maker().get(), service.maker().get());
  }

  @Test
  void whatAServerNeedsIsAllowed() throws IOException {
    String allowed =
        """
        Map<String, Integer> map = new TreeMap<>();
        List<String> names = new ArrayList<>(List.of("b", "a"));
        names.sort(Comparator.comparing(String::length).thenComparing(n -> n + map.size()));
        String text = String.format("%s", names.stream().map(String::strip).toList());
        switch ((Object) text) { case String s when s.isEmpty() -> {} default -> {} }
        record Pair(int a, int b) {}
        assert new Pair(1, 2).hashCode() != new Random(7).nextInt() : text;
        int[] copy = new int[3];
        System.arraycopy(new int[3], 0, copy, 0, 3);
        try { text.getBytes(java.nio.charset.StandardCharsets.UTF_8); }
        catch (IllegalStateException e) { throw new IllegalArgumentException(e); }
        """;
    assertEquals("own", load("private static final int A = 1;", allowed).name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "new Thread(() -> {}).start();|java.lang.Thread",
        "Thread.sleep(1);|java.lang.Thread",
        "Runnable r = Thread::yield;|java.lang.Thread",
        "long t = System.nanoTime();|java.lang.System.nanoTime",
        "LongSupplier t = System::currentTimeMillis;|java.lang.System.currentTimeMillis",
        "System.exit(1);|java.lang.System.exit",
        "System.out.println();|java.lang.System.out",
        "String s = System.getenv(\"A\");|java.lang.System.getenv",
        "int r = new Random().nextInt();|new java.util.Random",
        "double r = Math.random();|java.lang.Math.random",
        "Object u = UUID.randomUUID();|java.util.UUID.randomUUID",
        "Object d = new Date();|new java.util.Date",
        "Object i = java.time.Instant.now();|java.time.Instant.now",
        "new java.io.File(\"a\").delete();|java.io.File",
        "java.nio.file.Path p = java.nio.file.Path.of(\"a\");|java.nio.file.Path",
        "var l = new java.util.concurrent.locks.ReentrantLock();|java.util.concurrent.locks",
        "Object c = Class.forName(\"A\");|java.lang.Class.forName",
        "Object o = getClass().getMethods();|java.lang.Class.getMethods",
        "Object h = java.lang.invoke.MethodHandles.lookup();|java.lang.invoke.MethodHandles",
        "synchronized (this) { calls.size(); }|synchronized block",
        "this.notifyAll();|notifyAll",
        "List.of(1).parallelStream().count();|parallelStream",
      })
  void whatAServerMustNotUseIsRefusedByName(String statement, String named) {
    String throwing = "try { " + statement + " } catch (Exception e) {}";
    String line = refusal("", throwing);
    assertTrue(line.contains("Own.request "), line);
    assertTrue(line.contains(named), line);
  }

  @Test
  void staticsThatChangeAreRefused() {
    String line = refusal("static int count;", "");
    assertTrue(line.contains("Own.count is static and not final"), line);
  }

  @Test
  void theSystemsInsidesAreNotOnTheClassPath() {
    String line = refusal("org.atoll.kernel.Node node;", "");
    assertTrue(line.contains("package org.atoll.kernel does not exist"), line);
  }

  @Test
  void whatDoesNotCompileIsSaidAsJavacSaysIt() {
    String line = refusal("", "int x = ;");
    assertTrue(line.contains("Own.java:10: error: illegal start of expression"), line);
  }

  @Test
  void aClassThatIsNoServerIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("No.java"), "public class No {}");
    ServiceRefused refused = assertThrows(ServiceRefused.class, () -> ServiceLoading.load(file));
    assertTrue(String.valueOf(refused.getMessage()).contains("found 0"));
  }

  @Test
  void theCallsOfItsProtocolAreKnownAndHaveItsOwnNumbers() throws IOException {
    String protocol =
        """
        enum Call implements ProtocolCall {
          SECOND(NUMBER + 1), FIRST(NUMBER);
          private final int number;
          Call(int number) { this.number = number; }
          public int number() { return number; }
          public Signature signature() { return Signature.of("a", "b"); }
        }
        """;
    OwnService service = load(protocol.replace("NUMBER", "0x4000"), "");
    assertEquals(
        java.util.List.of("FIRST", "SECOND"),
        service.protocol().stream().map(ProtocolCall::name).toList());
    String line = refusal(protocol.replace("NUMBER", "0x600"), "");
    assertTrue(line.contains("Call.SECOND has the number 0x601"), line);
  }
}
