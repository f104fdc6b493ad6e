package org.atoll.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Polls are wherever code can go on for ever, and what they throw ends it. */
final class PollInserterTest {

  private static final String SOURCE =
      """
      import java.util.*;
      import java.util.function.*;
      import java.util.stream.*;

      public class Looping {
        public static int turns;
        MEMBERS
        public static Object run() throws Exception { BODY }
      }
      """;

  private static final int MANY = 1_000;
  private static final int ENDLESS = Integer.MAX_VALUE;

  private final PollInserter inserter = new PollInserter(CountedPolls.class.getName(), "here");

  @TempDir Path folder;

  /** Defines classes, and the polls anew. */
  private static final class Loader extends ClassLoader {

    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) throws IOException {
      super(PollInserterTest.class.getClassLoader());
      this.classes = new TreeMap<>(classes);
      add(CountedPolls.class);
      add(CountedPolls.Spent.class);
    }

    private void add(Class<?> type) throws IOException {
      String file = type.getName().replace('.', '/') + ".class";
      try (InputStream in = getResourceAsStream(file)) {
        classes.put(type.getName(), in.readAllBytes());
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      byte[] own = classes.get(name);
      Class<?> known = findLoadedClass(name);
      if (known != null || own == null) {
        return known == null ? super.loadClass(name, resolve) : known;
      }
      return defineClass(name, own, 0, own.length);
    }
  }

  private Loader loader(String members, String body) throws IOException {
    Path file = folder.resolve("Looping.java");
    Files.writeString(file, SOURCE.replace("MEMBERS", members).replace("BODY", body));
    Map<String, byte[]> polled = new TreeMap<>();
    Compilation.of(file).forEach((name, bytes) -> polled.put(name, inserter.insert(bytes)));
    return new Loader(polled);
  }

  /** Runs code with a number of polls; what it answers. */
  private static Object run(Loader loader, int polls) throws Throwable {
    loader.loadClass(CountedPolls.class.getName()).getField("left").setInt(null, polls);
    try {
      return loader.loadClass("Looping").getMethod("run").invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void assertSpent(Loader loader) {
    Throwable thrown = assertThrows(Throwable.class, () -> run(loader, MANY));
    Throwable cause = thrown instanceof ExceptionInInitializerError ? thrown.getCause() : thrown;
    assertEquals(CountedPolls.Spent.class.getName(), cause.getClass().getName());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "for (;;) { turns++; }",
        "do { turns++; } while (turns >= 0 || turns < 0); return 1;",
        "int i = 0; while (true) { switch (i++ & 3) { case 0: continue; case 1: turns++; } }",
        "while (true) { try { turns++; } catch (Throwable t) { turns--; } }",
        "while (true) { try { while (true) turns++; } catch (Throwable t) { continue; } }",
        "while (true) { try { turns++; } finally { continue; } }",
        "while (true) { try { throw new Exception(); } catch (Exception e) { } finally { turns++; } }",
        "for (;;) { try { for (;;) {} } catch (Error e) { try { for (;;) {} } finally { turns = 1; } } }",
        "synchronized (List.of()) { while (true) { synchronized (Map.of()) { turns++; } } }",
        "for (;;) { try (AutoCloseable c = () -> turns++) { turns++; } }",
        "return Stream.generate(() -> 1).peek(n -> { try { turns++; } catch (Throwable t) { } }).count();",
        "Iterator<Integer> e = new Iterator<>() { public boolean hasNext() { return true; }"
            + " public Integer next() { return 1; } }; e.forEachRemaining(n -> {}); return 1;",
        "label: for (;;) { for (int i = 0; ; i++) { if (i == 7) continue label; } }",
        "return IntStream.iterate(0, n -> n + 1).filter(n -> n < 0).findFirst();",
      })
  void whatDoesNotEndIsEnded(String body) throws IOException {
    assertSpent(loader("", body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "static int f(int n) { try { return g(n); } catch (Throwable t) { return g(n); } }"
            + " static int g(int n) { try { return f(n); } finally { f(n); } }"
            + " static { f(1); }",
        "Looping() { this(1); } Looping(int a) { while (a > 0) turns++; } static { new Looping(); }",
        "static class Of { Of(int n) {} } static class In extends Of { In(boolean a) {"
            + " super(a ? f() : g()); } static int f() { for (;;) {} } static int g() { return 1; } }"
            + " static { new In(true); }",
        "static { for (int i = 0; i >= 0; i = 1) turns++; }",
        "record R(int a) { R { while (a > 0) turns++; } } static { new R(1); }",
      })
  void constructorsAndInitializersAreEndedToo(String members) throws IOException {
    assertSpent(loader(members, "return turns;"));
  }

  @Test
  void noHandlerRunsOnceThePollsThrow() throws Throwable {
    String body =
        """
        int[] seen = new int[1];
        Runnable r = () -> { try { while (true) {} }
            catch (Throwable t) { seen[0]++; } finally { turns++; } };
        try { r.run(); } catch (Throwable t) { turns += 10; } finally { turns += 100; }
        return 1;
        """;
    Loader loader = loader("", body);
    assertSpent(loader);
    assertEquals(0, loader.loadClass("Looping").getField("turns").getInt(null));
  }

  @Test
  void aMonitorIsGivenBackBeforeThePollLeaves() throws Throwable {
    String body = "synchronized (LOCK) { while (true) {} }";
    Loader loader = loader("public static final Object LOCK = new Object();", body);
    assertSpent(loader);
    Object lock = loader.loadClass("Looping").getField("LOCK").get(null);
    assertTrue(!Thread.holdsLock(lock));
  }

  @Test
  void whatEndsComputesTheSame() throws Throwable {
    String members =
        """
        sealed interface Shape permits Circle, Square {}
        record Circle(int r) implements Shape {}
        record Square(int a) implements Shape {}
        enum Colour { RED, GREEN }
        static int area(Shape s) {
          return switch (s) { case Circle(int r) when r > 2 -> 3 * r * r; case Circle c -> 1;
              case Square(var a) -> a * a; };
        }
        static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
        static int tries() {
          int sum = 0;
          for (int i = 0; i < 5; i++) {
            try { if (i == 2) continue; if (i == 4) break; sum += 10 / (i - 1); }
            catch (ArithmeticException e) { sum += 100; }
            finally { sum += 1000; }
          }
          return sum;
        }
        """;
    String body =
        """
        StringBuilder text = new StringBuilder();
        for (Shape s : List.of(new Circle(3), new Circle(1), new Square(4))) text.append(area(s)).append(' ');
        for (Colour c : Colour.values()) switch (c) { case RED -> text.append("r"); case GREEN -> text.append("g"); }
        synchronized (text) { text.append(fib(15)).append(' ').append(tries()); }
        text.append(Stream.of("b", "a").sorted(Comparator.reverseOrder()).collect(Collectors.joining("+")));
        switch (text.length() + "x") { case "1x": break; default: text.append(new int[2][3][1].length); }
        return text.toString();
        """;
    assertEquals("27 1 16 rg610 5095b+a2", run(loader(members, body), ENDLESS));
  }

  @Test
  void aHandlerInsideItsOwnRangeCannotCatchItsPoll() throws Throwable {
    ClassDesc own = ClassDesc.of("Looping");
    byte[] bytes =
        ClassFile.of()
            .build(
                own,
                built ->
                    built.withMethodBody(
                        "run",
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                        code -> {
                          var start = code.newBoundLabel();
                          code.aconst_null();
                          var handler = code.newBoundLabel();
                          code.athrow();
                          var end = code.newBoundLabel();
                          code.exceptionCatchAll(start, end, handler);
                        }));
    assertSpent(new Loader(Map.of("Looping", inserter.insert(bytes))));
  }

  @Test
  void theJdksOwnClassesStayValid() throws IOException {
    Path packages = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
    List<String> wrong = new ArrayList<>();
    try (Stream<Path> files = Files.walk(packages.resolve("java/util"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        ClassFile.of()
            .verify(inserter.insert(Files.readAllBytes(file)))
            .forEach(error -> wrong.add(file + ": " + error.getMessage()));
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void aMethodThatIsTooLongIsNamed() throws IOException {
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of("Long"),
                built ->
                    built.withMethodBody(
                        "most",
                        ConstantDescs.MTD_void,
                        ClassFile.ACC_STATIC,
                        code -> {
                          for (int i = 0; i < 65_534; i++) {
                            code.nop();
                          }
                          code.return_();
                        }));
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> inserter.insert(bytes));
    assertTrue(
        String.valueOf(thrown.getMessage()).matches("Long: .* in most.*"), thrown.getMessage());
  }
}
