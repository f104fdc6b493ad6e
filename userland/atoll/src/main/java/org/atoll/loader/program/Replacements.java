package org.atoll.loader.program;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import org.atoll.posix.gate.Ambient;
import org.jspecify.annotations.Nullable;

/**
 * What a Java program uses of the JDK that is the host's, and is the process's here: static members
 * for which there are methods of {@link Ambient}.
 */
final class Replacements {

  /** The class of the methods that take the places. */
  static final ClassDesc AMBIENT = ClassDesc.of(Ambient.class.getName());

  /** Fields: the method that answers what they hold. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "java.lang.System.in", "in",
          "java.lang.System.out", "out",
          "java.lang.System.err", "err");

  /** Static methods, with the same parameters: name and descriptor by owner, name, descriptor. */
  private static final Map<String, String> METHODS =
      Map.ofEntries(
          Map.entry("java.lang.System.exit(I)V", "exit"),
          Map.entry("java.lang.System.currentTimeMillis()J", "currentTimeMillis"),
          Map.entry("java.lang.System.nanoTime()J", "nanoTime"),
          Map.entry("java.lang.System.getenv(Ljava/lang/String;)Ljava/lang/String;", "getenv"),
          Map.entry("java.lang.System.getenv()Ljava/util/Map;", "getenv"),
          Map.entry(
              "java.lang.System.getProperty(Ljava/lang/String;)Ljava/lang/String;", "getProperty"),
          Map.entry(
              "java.lang.System.getProperty(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
              "getProperty"),
          Map.entry("java.lang.IO.println(Ljava/lang/Object;)V", "println"),
          Map.entry("java.lang.IO.println()V", "println"),
          Map.entry("java.lang.IO.print(Ljava/lang/Object;)V", "print"),
          Map.entry("java.lang.IO.readln()Ljava/lang/String;", "readln"),
          Map.entry("java.lang.IO.readln(Ljava/lang/String;)Ljava/lang/String;", "readln"),
          Map.entry("java.lang.Math.random()D", "random"),
          Map.entry("java.lang.StrictMath.random()D", "random"),
          Map.entry("java.util.Collections.shuffle(Ljava/util/List;)V", "shuffle"),
          Map.entry("java.util.UUID.randomUUID()Ljava/util/UUID;", "randomUuid"),
          Map.entry("java.time.Instant.now()Ljava/time/Instant;", "now"),
          Map.entry("java.time.LocalDate.now()Ljava/time/LocalDate;", "today"),
          Map.entry("java.time.LocalDateTime.now()Ljava/time/LocalDateTime;", "nowLocal"),
          Map.entry("java.lang.Thread.sleep(J)V", "sleep"),
          Map.entry("java.lang.Thread.sleep(Ljava/time/Duration;)V", "sleep"),
          Map.entry("java.lang.Thread.yield()V", "yieldTurn"),
          Map.entry("java.lang.Thread.onSpinWait()V", "yieldTurn"));

  private static final String SEEDED = "java.util.Random.<init>()V";
  private static final String STACK_TRACE = "printStackTrace()V";

  private Replacements() {}

  /** The method that answers what a field holds, or null when the field stays. */
  static @Nullable String field(String owner, String name) {
    return FIELDS.get(owner + "." + name);
  }

  /** The method that is called instead of a static one, or null when it stays. */
  static @Nullable String method(String owner, String name, MethodTypeDesc type) {
    return METHODS.get(owner + "." + name + type.descriptorString());
  }

  /** Whether a constructor gets a seed of the process. */
  static boolean isSeeded(String owner, String name, MethodTypeDesc type) {
    return SEEDED.equals(owner + "." + name + type.descriptorString());
  }

  /** Whether a method prints where the host's errors go. */
  static boolean isStackTrace(String name, MethodTypeDesc type) {
    return STACK_TRACE.equals(name + type.descriptorString());
  }

  /** Whether a member is replaced at all: then the program may use it. */
  static boolean contains(String owner, String name, String descriptor) {
    String member = owner + "." + name;
    return FIELDS.containsKey(member)
        || METHODS.containsKey(member + descriptor)
        || SEEDED.equals(member + descriptor)
        || STACK_TRACE.equals(name + descriptor);
  }
}
