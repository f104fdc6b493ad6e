package org.atoll.loader.program;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.atoll.loader.Reach;
import org.atoll.loader.Rules;
import org.jspecify.annotations.Nullable;

/**
 * What a guest's Java program must not use: whatever reaches the host or other programs instead of
 * its own process. Each rule has a reason that says what to do instead.
 */
final class ProgramRules implements Rules {

  /** The rules. */
  static final Rules RULES = new ProgramRules();

  private static final String FILES =
      "the process's files are opened with org.atoll.posix.Fcntl.open";
  private static final String NETWORK = "a guest has no sockets";
  private static final String THREADS =
      "a Java program has one thread; org.atoll.posix.Spawn starts other processes";
  private static final String EXEC = "org.atoll.posix.Spawn starts other programs";
  private static final String REFLECTION = "what a program uses has to be in its code";
  private static final String MEMORY = "memory outside of Java is org.atoll.posix.SysMman's";
  private static final String SHARED = "it would change it for every program of the node";
  private static final String TIME = "the process's clocks are read with org.atoll.posix.Time";
  private static final String ENVIRONMENT =
      "what surrounds a process is in org.atoll.posix: Stdlib, Unistd";
  private static final String CHANCE = "chance is org.atoll.posix.Unistd.getentropy's";
  private static final String HOST = "it is the host's, not the process's";

  private static final Set<String> PACKAGES =
      Set.of(
          "java.time.chrono",
          "java.time.format",
          "java.time.temporal",
          "java.time.zone",
          "java.util.concurrent.atomic",
          "java.util.zip");

  /** Classes of packages that are not listed. */
  private static final Set<String> CLASSES_TOO =
      Set.of(
          "java.io.BufferedInputStream",
          "java.io.BufferedOutputStream",
          "java.io.BufferedReader",
          "java.io.BufferedWriter",
          "java.io.ByteArrayInputStream",
          "java.io.ByteArrayOutputStream",
          "java.io.CharArrayReader",
          "java.io.CharArrayWriter",
          "java.io.Closeable",
          "java.io.DataInput",
          "java.io.DataInputStream",
          "java.io.DataOutput",
          "java.io.DataOutputStream",
          "java.io.EOFException",
          "java.io.FilterInputStream",
          "java.io.FilterOutputStream",
          "java.io.Flushable",
          "java.io.IOException",
          "java.io.InputStream",
          "java.io.InputStreamReader",
          "java.io.LineNumberReader",
          "java.io.OutputStream",
          "java.io.OutputStreamWriter",
          "java.io.PrintStream",
          "java.io.PrintWriter",
          "java.io.PushbackInputStream",
          "java.io.PushbackReader",
          "java.io.Reader",
          "java.io.SequenceInputStream",
          "java.io.Serializable",
          "java.io.StreamTokenizer",
          "java.io.StringReader",
          "java.io.StringWriter",
          "java.io.UncheckedIOException",
          "java.io.Writer",
          "java.util.concurrent.ConcurrentHashMap",
          "java.util.concurrent.ConcurrentLinkedDeque",
          "java.util.concurrent.ConcurrentLinkedQueue",
          "java.util.concurrent.ConcurrentMap",
          "java.util.concurrent.ConcurrentSkipListMap",
          "java.util.concurrent.ConcurrentSkipListSet",
          "java.util.concurrent.CopyOnWriteArrayList",
          "java.util.concurrent.TimeUnit",
          "java.util.concurrent.Callable");

  /** Classes that programs have of Atoll. */
  private static final Set<String> POSIX =
      Set.of(
          "Atoll",
          "Dirent",
          "Errno",
          "Fcntl",
          "Poll",
          "PosixException",
          "Sched",
          "Signal",
          "Spawn",
          "Stdlib",
          "SysMman",
          "SysStat",
          "SysWait",
          "Termios",
          "Time",
          "Unistd");

  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("java.lang.Compiler", HOST),
          Map.entry("java.lang.SecurityManager", HOST),
          Map.entry("java.util.stream.StreamSupport", THREADS),
          Map.entry("java.util.zip.ZipFile", FILES),
          Map.entry("java.nio.MappedByteBuffer", FILES));

  /** Of these classes, only these members. */
  private static final Map<String, Set<String>> ONLY =
      Map.of(
          "java.lang.System", Set.of("arraycopy", "lineSeparator", "identityHashCode"),
          "java.lang.IO", Set.of(),
          "java.lang.Class",
              Set.of(
                  "cast",
                  "desiredAssertionStatus",
                  "equals",
                  "getEnumConstants",
                  "getName",
                  "getSimpleName",
                  "hashCode",
                  "isArray",
                  "isInstance",
                  "toString"));

  /** Members that are forbidden: class, name and, where it matters, how the descriptor begins. */
  private static final Map<String, String> MEMBERS =
      Map.ofEntries(
          Map.entry("java.util.random.RandomGenerator.getDefault", CHANCE),
          Map.entry("java.util.concurrent.TimeUnit.sleep", TIME),
          Map.entry("java.util.concurrent.TimeUnit.timedWait", THREADS),
          Map.entry("java.util.concurrent.TimeUnit.timedJoin", THREADS),
          Map.entry("java.util.Arrays.parallelSort", THREADS),
          Map.entry("java.util.Arrays.parallelPrefix", THREADS),
          Map.entry("java.util.Arrays.parallelSetAll", THREADS));

  /** Names that are forbidden in every class, for {@code Object} or {@code Collection} has them. */
  private static final Set<String> ANYWHERE =
      Set.of("wait", "notify", "notifyAll", "parallelStream");

  /** Constructors that open a file of that name. */
  private static final Set<String> OPENERS =
      Set.of("java.io.PrintStream", "java.io.PrintWriter", "java.util.Formatter");

  /** Names that are forbidden in every class of a package. */
  private static final Map<String, String> NAMES =
      Map.of(
          "java.time.now", TIME,
          "java.time.chrono.now", TIME,
          "java.time.chrono.dateNow", TIME,
          "java.util.stream.parallel", THREADS,
          "java.nio.allocateDirect", MEMORY);

  /** What classes outside of the listed packages are about. */
  private static final List<Map.Entry<String, String>> REASONS =
      List.of(
          Map.entry("java.io.", FILES),
          Map.entry("java.nio.file", FILES),
          Map.entry("java.nio.channels", FILES),
          Map.entry("java.net", NETWORK),
          Map.entry("java.util.concurrent", THREADS),
          Map.entry("java.lang.foreign", MEMORY),
          Map.entry("java.lang.", REFLECTION));

  private ProgramRules() {}

  private static @Nullable String reason(Reach.@Nullable To reached) {
    return switch (reached) {
      case null -> null;
      case THREADS -> THREADS;
      case PROCESSES -> EXEC;
      case TIME -> TIME;
      case CHANCE -> CHANCE;
      case REFLECTION, RESOURCES -> REFLECTION;
      case DEFAULTS -> HOST;
      case SHARED_DEFAULTS -> SHARED;
      case PROPERTIES -> ENVIRONMENT;
    };
  }

  @Override
  public @Nullable String type(String name) {
    int dot = name.lastIndexOf('.');
    String place = dot < 0 ? "" : name.substring(0, dot);
    String outer = name.indexOf('$') < 0 ? name : name.substring(0, name.indexOf('$'));
    String reason = CLASSES.get(outer);
    if (reason == null) {
      reason = reason(Reach.ofClass(outer));
    }
    if (reason != null) {
      return reason;
    }
    boolean listed = PACKAGES.contains(place) || Reach.HARMLESS_PACKAGES.contains(place);
    if (listed || CLASSES_TOO.contains(outer)) {
      return null;
    }
    if (place.equals("org.atoll.posix") && POSIX.contains(outer.substring(dot + 1))) {
      return null;
    }
    return REASONS.stream()
        .filter(entry -> name.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(HOST);
  }

  @Override
  public boolean replaces(String owner, String name, String descriptor) {
    return Replacements.contains(owner, name, descriptor);
  }

  @Override
  public @Nullable String inherited(String name) {
    return ANYWHERE.contains(name) ? THREADS : null;
  }

  @Override
  public @Nullable String member(String owner, String name, String descriptor) {
    String member = owner + "." + name;
    boolean waits = ANYWHERE.contains(name) && !descriptor.startsWith("(I");
    String reason = waits ? THREADS : MEMBERS.get(member);
    if (reason == null) {
      reason = MEMBERS.get(member + descriptor);
    }
    if (reason == null) {
      reason = reason(Reach.ofMember(owner, name, descriptor));
    }
    if (reason == null) {
      reason = NAMES.get(owner.substring(0, owner.lastIndexOf('.') + 1) + name);
    }
    if (reason == null && name.equals("<init>") && OPENERS.contains(owner)) {
      reason = descriptor.startsWith("(Ljava/lang/String;") ? FILES : null;
    }
    Set<String> only = ONLY.get(owner);
    if (reason == null && only != null && !only.contains(name)) {
      reason = owner.endsWith("Class") ? REFLECTION : ENVIRONMENT;
    }
    return reason;
  }

  @Override
  public boolean refusesStaticState() {
    return false;
  }

  /** There is nobody to wait for: monitors are taken out. */
  @Override
  public @Nullable String synchronization() {
    return null;
  }

  @Override
  public String nativeCode() {
    return HOST;
  }
}
