package org.atoll.loader.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Java program of a guest must not use is refused before any of it runs. */
final class ProgramRulesTest {

  private static List<String> check(String body) {
    Compiled compiled =
        ProgramCompiler.compile(
            "P.java",
            """
            import java.util.*;
            class P { static void f(Object o, List<String> list) throws Exception { %s } }
            """
                .formatted(body));
    assertFalse(compiled.classes().isEmpty(), compiled.said());
    return ProgramClasses.check(compiled.classes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new java.io.FileReader(\"/etc/passwd\");",
        "java.nio.file.Files.readString(null);",
        "new java.io.PrintStream(\"/tmp/x\");",
        "new Formatter(\"/tmp/x\");",
        "new java.net.Socket();",
        "new Thread(() -> {}).start();",
        "class T extends Thread {} new T().start();",
        "list.parallelStream();",
        "list.stream().parallel();",
        "Runtime.getRuntime().exec(\"ls\");",
        "new ProcessBuilder(\"ls\").start();",
        "Class.forName(\"x\");",
        "o.getClass().getDeclaredMethods();",
        "o.getClass().getClassLoader();",
        "java.lang.foreign.Arena.global();",
        "java.lang.invoke.MethodHandles.lookup();",
        "o.wait();",
        "list.notifyAll();",
        "System.setOut(null);",
        "System.load(\"x\");",
        "Locale.setDefault(Locale.ROOT);",
        "java.util.concurrent.Executors.newCachedThreadPool();",
        "Runnable r = System::gc;",
        "new Timer();",
        "java.time.Clock.systemUTC();",
        "ServiceLoader.load(Runnable.class);",
        "java.nio.ByteBuffer.allocateDirect(4);"
      })
  void whatReachesOutOfTheProcessIsRefused(String statement) {
    assertFalse(check(statement).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System.out.println(System.nanoTime() + System.currentTimeMillis());",
        "System.exit(1);",
        "IO.println(IO.readln());",
        "Thread.sleep(3);",
        "new RuntimeException().printStackTrace();",
        "java.util.function.LongSupplier s = System::nanoTime;",
        "new Scanner(System.in).nextLine();",
        "synchronized (o) { list.forEach(System.out::println); }",
        "switch (o) { case String s -> {} default -> {} }",
        "record R(int a) {} new R(1).hashCode();",
        "new Random().nextInt(); Math.random(); Collections.shuffle(list);",
        "java.time.Instant.now().plus(java.time.Duration.ofDays(1));",
        "new java.io.BufferedReader(new java.io.InputStreamReader(System.in)).lines();",
        "String.format(\"%d\", 1); \"a b\".split(\" \"); new StringBuilder().append(1);",
        "list.stream().map(String::length).sorted().toList();",
        "o.getClass().getSimpleName();",
        "org.atoll.posix.Atoll.notify(3);"
      })
  void whatIsOfTheProcessMayBeUsed(String statement) {
    assertEquals(List.of(), check(statement));
  }

  @ParameterizedTest
  @CsvSource({
    "new java.io.File(\"x\");,org.atoll.posix.Fcntl",
    "new Thread();,org.atoll.posix.Spawn",
    "System.getProperties();,org.atoll.posix"
  })
  void theReasonSaysWhatToUse(String statement, String advice) {
    List<String> wrong = check(statement);
    assertEquals(1, wrong.size(), wrong.toString());
    assertEquals("P.f uses", wrong.getFirst().substring(0, 8));
    assertEquals(true, wrong.getFirst().contains(advice), wrong.getFirst());
  }

  @Test
  void theMainClassIsTheFirstOfTheSource() {
    Compiled compiled =
        ProgramCompiler.compile("x", "interface A { static void main() {} } class B {}");
    assertEquals("A", compiled.main());
  }

  @Test
  void aCompactSourceIsNamedByItsFile() {
    Compiled compiled = ProgramCompiler.compile("/w/Hi.java", "void main() {}");
    assertEquals("Hi", compiled.main());
  }
}
