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
        "List.of(1).stream().parallel().count();|parallel",
        "Arrays.parallelSort(new int[2]);|java.util.Arrays.parallelSort",
        "var p = java.util.concurrent.ForkJoinPool.commonPool();|java.util.concurrent",
        "Object t = new ThreadLocal<String>();|java.lang.ThreadLocal",
        "IO.println(1);|java.lang.IO",
        "new Exception().printStackTrace();|java.lang.Exception.printStackTrace",
        "Object h = System.identityHashCode(this);|java.lang.System.identityHashCode",
        "Object p = System.getProperties();|java.lang.System.getProperties",
        "Object p = Integer.getInteger(\"a\");|java.lang.Integer.getInteger",
        "Object l = System.LoggerFinder.getLoggerFinder();|LoggerFinder.getLoggerFinder",
        "Locale.setDefault(Locale.ROOT);|java.util.Locale.setDefault",
        "Object c = new GregorianCalendar();|java.util.GregorianCalendar",
        "Object f = new Formatter(\"/tmp/a\");|new java.util.Formatter",
        "Object s = ServiceLoader.load(Runnable.class);|java.util.ServiceLoader",
        "Object w = new WeakHashMap<String, String>();|java.util.WeakHashMap",
        "Object w = new java.lang.ref.WeakReference<>(this);|java.lang.ref.WeakReference",
        "Object c = java.lang.ref.Cleaner.create();|java.lang.ref.Cleaner",
        "Object a = java.lang.foreign.Arena.global();|java.lang.foreign.Arena",
        "Object s = new java.net.Socket();|java.net.Socket",
        "Object r = java.util.random.RandomGenerator.getDefault();|java.util.random",
        "Object v = java.lang.invoke.MethodType.methodType(int.class);|java.lang.invoke.MethodType",
        "Object p = Package.getPackages();|java.lang.Package",
        "Object c = java.nio.ByteBuffer.allocateDirect(1);|allocateDirect",
        "Object l = getClass().getClassLoader();|java.lang.Class.getClassLoader",
      })
  void whatAServerMustNotUseIsRefusedByName(String statement, String named) {
    String throwing = "try { " + statement + " } catch (Exception e) {}";
    String line = refusal("", throwing);
    assertTrue(line.contains("Own.request "), line);
    assertTrue(line.contains(named), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "static int count;|Own.count is static and not final",
        "static final int[] COUNTS = new int[4];|Own.COUNTS is a static array",
        "static final List<Integer> SEEN = new ArrayList<>();|Own.SEEN is static and has the result"
            + " of new java.util.ArrayList",
        "static final List<Integer> TWO = Arrays.asList(1, 2);|result of java.util.Arrays.asList",
        "static final StringBuilder TEXT = new StringBuilder();|Own.TEXT",
        "static final Map<String, Integer> ALL; static { Map<String, Integer> m = new TreeMap<>();"
            + " m.put(\"a\", 1); ALL = m; }|Own.ALL is static and has the result of new java.util.TreeMap",
        "static final Counter C = new Counter(); static class Counter { int n; }|its n is not final",
        "interface Top { Counter C = new Counter(); } static class Counter { int n; }|Own$Top.C",
        "enum E { A; int n; }|its n is not final",
        "record R(int a) { static int n; }|Own$R.n is static and not final",
        "static final Random CHANCE = new Random(1);|new java.util.Random",
      })
  void staticsThatChangeAreRefused(String members, String expected) {
    String line = refusal(members, "");
    assertTrue(line.contains(expected), line);
    assertTrue(line.contains("state belongs into an object that is saved"), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "static class T extends Thread {}|Own$T uses java.lang.Thread: a turn never waits",
        "static class L extends ClassLoader {}|Own$L uses java.lang.ClassLoader",
        "static class D extends Date {}|Own$D uses new java.util.Date",
        "static abstract class Z extends TimeZone { Object z() { return getDefault(); } }"
            + "|Own$Z.z uses ",
        "protected void finalize() {}|Own.finalize is called by a thread of the collector",
        "synchronized void one() {}|Own.one is synchronized",
        "native void one();|Own.one is native",
        "Object f = (Supplier<Long>) System::nanoTime;|Own uses java.lang.System.nanoTime",
        "Object o = new Object() { long t() { return System.nanoTime(); } };"
            + "|Own$1.t uses java.lang.System.nanoTime",
        "java.io.File file;|Own.file uses java.io.File: a server does not reach the host",
        "void read(java.io.InputStream in) {}|Own.read uses java.io.InputStream",
        "void read() throws java.io.IOException {}|Own.read uses java.io.IOException",
      })
  void whatIsHiddenInAMemberIsFound(String members, String expected) {
    String line = refusal(members, "");
    assertTrue(line.contains(expected), line);
  }

  @Test
  void aClassInAPackageOfTheSystemIsRefused() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes/org/atoll/abi"));
    Files.write(classes.resolve("Turn.class"), new byte[] {1});
    ServiceRefused refused =
        assertThrows(ServiceRefused.class, () -> ServiceLoading.load(folder.resolve("classes")));
    String line = String.valueOf(refused.getMessage());
    assertTrue(line.contains("org.atoll.abi.Turn is in a package of the system"), line);
    assertTrue(line.contains("org.atoll.abi.Turn: no class file"), line);
  }

  /** What the language and the collections have, all at once. */
  @Test
  void ordinaryJavaIsAccepted() throws IOException {
    String members =
        """
        private static final String GREETING = "hello" + 1;
        private static final List<String> NAMES = List.of("a", "b");
        private static final Map<String, Integer> SIZES = Map.copyOf(Map.of("a", 1));
        private static final java.util.regex.Pattern WORD = java.util.regex.Pattern.compile("[a-z]+");
        private static final Comparator<String> ORDER = Comparator.comparing(String::length);
        private static final Kind[] KINDS = Kind.values();
        private static final java.math.BigInteger BIG = new java.math.BigInteger("12345678901234");
        private static final long START = Long.parseLong("7");

        sealed interface Shape permits Circle, Square, Group {}
        record Circle(double radius) implements Shape {}
        record Square(double side) implements Shape {
          Square { if (side < 0) { throw new IllegalArgumentException("negative: " + side); } }
        }
        record Group(List<Shape> parts) implements Shape {}

        enum Kind {
          FIRST("one") { @Override String show() { return "1"; } },
          SECOND("two");
          private final String word;
          Kind(String word) { this.word = word; }
          String show() { return word; }
        }

        @FunctionalInterface interface Step<A, B extends Comparable<B>> { B take(A a) throws Wrong; }
        static final class Wrong extends Exception {
          Wrong(String message, Throwable cause) { super(message, cause); }
        }

        final class Inner implements Iterable<Integer> {
          private final int[] cells = new int[8];
          private int used;
          void add(int cell) { cells[used++] = cell; calls.size(); }
          public Iterator<Integer> iterator() {
            return new Iterator<>() {
              private int at;
              public boolean hasNext() { return at < used; }
              public Integer next() { return cells[at++]; }
            };
          }
        }

        static <T extends Comparable<? super T>> T most(Collection<? extends T> all) {
          T best = null;
          for (T one : all) { if (best == null || one.compareTo(best) > 0) { best = one; } }
          return best;
        }

        static double area(Shape shape) {
          return switch (shape) {
            case Circle(double r) when r > 100 -> Double.POSITIVE_INFINITY;
            case Circle(var r) -> Math.PI * r * r;
            case Square s -> Math.fma(s.side(), s.side(), 0);
            case Group(var parts) -> parts.stream().mapToDouble(Own::area).sum();
          };
        }

        static int number(Kind kind) {
          switch (kind) { case FIRST: return 1; default: return 2; }
        }

        static String text(Object value) {
          return switch (value) {
            case null -> "nothing";
            case Integer i when i > 3 -> "many";
            case Integer i -> "few " + i;
            case String s -> s.formatted(1, 2L, 'c', 2.5f);
            case Kind k -> k.show();
            case int[] a -> Arrays.toString(a);
            default -> String.valueOf(value);
          };
        }
        """;
    String statements =
        """
        Inner inner = new Inner();
        for (int i = 0; i < 5; i++) { inner.add(i); }
        long sum = 0;
        outer:
        for (int one : inner) { for (;;) { sum += one; if (sum > 3) { break outer; } break; } }
        Step<String, Integer> step = s -> { try { return Integer.parseInt(s); }
            catch (NumberFormatException e) { throw new Wrong("no number", e); } finally { calls.size(); } };
        try { sum += step.take("7"); } catch (Wrong | IllegalStateException e) { sum = -1; }
        Map<Kind, List<String>> kinds = new EnumMap<>(Kind.class);
        for (Kind kind : KINDS) { kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(kind.show()); }
        Deque<Shape> shapes = new ArrayDeque<>(List.of(new Circle(1), new Group(List.of(new Square(2)))));
        while (!shapes.isEmpty()) { sum += (long) area(shapes.poll()); }
        String page = \"""
            a text block
              with %d lines\""".formatted(2);
        String all = page.lines().map(String::strip).filter(l -> !l.isBlank())
            .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
        Optional<String> longest = NAMES.stream().max(ORDER.reversed());
        PriorityQueue<Integer> queue = new PriorityQueue<>(Comparator.reverseOrder());
        BitSet bits = new BitSet(); bits.set(number(Kind.FIRST));
        StringBuilder built = new StringBuilder().append(text(5)).append(most(List.of(1, 2)));
        boolean found = WORD.matcher(all).find() && longest.isPresent() && queue.isEmpty();
        byte[] bytes = new byte[(int) START]; bytes[0] |= (byte) (sum >>> 3);
        char c = GREETING.charAt(0); c++; long big = BIG.longValue() ^ c ^ bits.hashCode();
        var pair = new Object() { int a = 1; String b = "two"; };
        pair.a += pair.b.length() + SIZES.getOrDefault("a", 0);
        turn.reply(request, found ? big + pair.a + built.length() : ~sum);
        """;
    assertEquals("own", load(members, statements).name());
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
