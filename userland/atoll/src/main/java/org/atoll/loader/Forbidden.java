package org.atoll.loader;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server must not use: whatever is not in a listed package, and some of what is, {@link
 * Reach} among it. Each rule has a reason that says what to do instead.
 */
final class Forbidden {

  private static final String WAITS = "a turn never waits, and starts no thread";
  private static final String TIME = "the time is asked of the kernel: turn.kernel().nowNanos()";
  private static final String CHANCE = "chance is asked of the kernel: turn.kernel().random(..)";
  private static final String HOST = "a server does not reach the host";
  private static final String REFLECTION = "what a server uses has to be in its code";
  private static final String DEFAULTS = "it is the host's or everybody's: name the one you mean";
  private static final String GARBAGE = "what the collector does differs between runs";
  private static final String LOG = "a server says what it has to say in answers and files";

  private static final Set<String> PACKAGES =
      Set.of(
          "org.atoll.abi",
          "org.atoll.abi.protocol",
          "org.atoll.libsys",
          "org.atoll.libsys.files",
          "org.atoll.libsys.sched");

  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          Map.entry("java.lang.IO", LOG),
          Map.entry("java.util.Scanner", HOST),
          Map.entry("java.util.WeakHashMap", GARBAGE));

  /** Of these classes, only these members. */
  private static final Map<String, Set<String>> ONLY =
      Map.of(
          "java.lang.System", Set.of("arraycopy", "lineSeparator"),
          "java.lang.Class",
              Set.of(
                  "cast",
                  "desiredAssertionStatus",
                  "equals",
                  "getEnumConstants",
                  "getName",
                  "getSimpleName",
                  "isInstance"));

  /** Members that are forbidden: class, name and, where it matters, the descriptor. */
  private static final Map<String, String> MEMBERS =
      Map.ofEntries(
          Map.entry("java.lang.System.nanoTime", TIME),
          Map.entry("java.lang.System.currentTimeMillis", TIME),
          Map.entry("java.lang.System.identityHashCode", CHANCE),
          Map.entry("java.lang.System.out", LOG),
          Map.entry("java.lang.System.err", LOG),
          Map.entry("java.util.Locale.getDefault", DEFAULTS),
          Map.entry("java.nio.charset.Charset.defaultCharset", DEFAULTS),
          Map.entry("java.lang.Math.random", CHANCE),
          Map.entry("java.lang.StrictMath.random", CHANCE),
          Map.entry("java.util.Random.<init>()V", CHANCE),
          Map.entry("java.util.UUID.randomUUID", CHANCE),
          Map.entry("java.util.Collections.shuffle(Ljava/util/List;)V", CHANCE),
          Map.entry("java.util.Formatter.<init>(Ljava/lang/String;)V", HOST),
          Map.entry("java.util.stream.StreamSupport.stream", WAITS),
          Map.entry("java.lang.Object.wait", WAITS),
          Map.entry("java.lang.Object.notify", WAITS),
          Map.entry("java.lang.Object.notifyAll", WAITS),
          Map.entry("java.lang.Object.finalize", GARBAGE),
          Map.entry("java.lang.Throwable.printStackTrace", LOG));

  /** Names that are forbidden in every class of a package. */
  private static final Map<String, String> NAMES =
      Map.of(
          "java.time.now", TIME,
          "java.util.parallelStream", WAITS,
          "java.util.parallelSort", WAITS,
          "java.util.parallelPrefix", WAITS,
          "java.util.parallelSetAll", WAITS,
          "java.util.stream.parallel", WAITS,
          "java.nio.allocateDirect", HOST);

  /** Objects of these, of all that is not the service's own, never change: statics may be some. */
  private static final Set<String> CONSTANT =
      Set.of(
          "java.lang.Object",
          "java.lang.String",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.util.Locale",
          "java.util.UUID");

  /** Methods that make something that can change: class and name, or a class's all. */
  private static final Set<String> CHANGING_FACTORIES =
      Set.of(
          "java.util.Arrays.asList",
          "java.util.EnumSet",
          "java.nio.ByteBuffer",
          "java.nio.CharBuffer",
          "java.nio.IntBuffer",
          "java.nio.LongBuffer");

  /** The rules for servers. */
  static final Rules RULES =
      new Rules() {
        @Override
        public @Nullable String type(String name) {
          return Forbidden.type(name);
        }

        @Override
        public @Nullable String member(String owner, String name, String descriptor) {
          return Forbidden.member(owner, name, descriptor);
        }

        @Override
        public boolean refusesStaticState() {
          return true;
        }

        @Override
        public String synchronization() {
          return "a turn never waits, and is alone with its state";
        }

        @Override
        public String nativeCode() {
          return HOST;
        }
      };

  private Forbidden() {}

  private static String outer(String name) {
    return name.indexOf('$') < 0 ? name : name.substring(0, name.indexOf('$'));
  }

  private static @Nullable String reason(Reach.@Nullable To reached) {
    return switch (reached) {
      case null -> null;
      case THREADS -> WAITS;
      case TIME -> TIME;
      case CHANCE -> CHANCE;
      case REFLECTION -> REFLECTION;
      case DEFAULTS, SHARED_DEFAULTS -> DEFAULTS;
      case PROCESSES, RESOURCES, PROPERTIES -> HOST;
    };
  }

  /** Why a class must not be named, or null when it may. */
  static @Nullable String type(String name) {
    int dot = name.lastIndexOf('.');
    String place = dot < 0 ? "" : name.substring(0, dot);
    String reason = CLASSES.get(outer(name));
    if (reason == null) {
      reason = reason(Reach.ofClass(outer(name)));
    }
    if (reason != null) {
      return reason;
    }
    if (PACKAGES.contains(place) || Reach.HARMLESS_PACKAGES.contains(place)) {
      return null;
    }
    if (place.startsWith("java.util.concurrent")) {
      return WAITS;
    }
    return switch (place) {
      case "java.util.random", "java.security" -> CHANCE;
      case "java.lang.ref" -> GARBAGE;
      case "java.lang.invoke", "java.lang.reflect", "java.lang.classfile" -> REFLECTION;
      default -> HOST;
    };
  }

  /** Why a field or method must not be used, or null when it may. */
  static @Nullable String member(String owner, String name, String descriptor) {
    String member = owner + "." + name;
    String reason = MEMBERS.get(member);
    if (reason == null) {
      reason = MEMBERS.get(member + descriptor);
    }
    if (reason == null) {
      reason = reason(Reach.ofMember(owner, name, descriptor));
    }
    if (reason == null) {
      reason = NAMES.get(owner.substring(0, owner.lastIndexOf('.') + 1) + name);
    }
    Set<String> only = ONLY.get(owner.indexOf('$') < 0 ? owner : outer(owner));
    if (reason == null && only != null && !only.contains(name)) {
      reason = owner.endsWith("Class") ? REFLECTION : HOST;
    }
    return reason;
  }

  /** Whether what a class's constructor makes can change. */
  static boolean makesWhatChanges(String owner) {
    return owner.startsWith("java.") && !CONSTANT.contains(owner);
  }

  /** Whether what a method gives can change. */
  static boolean givesWhatChanges(String owner, String name) {
    return CHANGING_FACTORIES.contains(owner)
        || CHANGING_FACTORIES.contains(owner + "." + name)
        || owner.equals("java.util.Collections")
            && (name.startsWith("synchronized") || name.startsWith("checked"));
  }
}
