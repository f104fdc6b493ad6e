package org.atoll.loader;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of the JDK reaches beyond the task whose code uses it. Servers and programs must both not
 * use it; what to do instead, each {@link Rules} says for itself.
 */
public final class Reach {

  /** What it reaches. */
  public enum To {
    /** Threads, and waiting for them. */
    THREADS,
    /** Other programs of the host, or its memory. */
    PROCESSES,
    /** The host's clocks. */
    TIME,
    /** Chance that cannot be repeated. */
    CHANCE,
    /** Classes by their names. */
    REFLECTION,
    /** Files that lie beside classes. */
    RESOURCES,
    /** What the host prefers. */
    DEFAULTS,
    /** What all of the JVM prefers from then on. */
    SHARED_DEFAULTS,
    /** System properties. */
    PROPERTIES
  }

  private static final Map<String, To> CLASSES =
      Map.ofEntries(
          Map.entry("java.lang.Thread", To.THREADS),
          Map.entry("java.lang.ThreadGroup", To.THREADS),
          Map.entry("java.lang.ThreadLocal", To.THREADS),
          Map.entry("java.lang.InheritableThreadLocal", To.THREADS),
          Map.entry("java.lang.ScopedValue", To.THREADS),
          Map.entry("java.util.Timer", To.THREADS),
          Map.entry("java.util.TimerTask", To.THREADS),
          Map.entry("java.lang.Runtime", To.PROCESSES),
          Map.entry("java.lang.Process", To.PROCESSES),
          Map.entry("java.lang.ProcessBuilder", To.PROCESSES),
          Map.entry("java.lang.ProcessHandle", To.PROCESSES),
          Map.entry("java.util.ResourceBundle", To.RESOURCES),
          Map.entry("java.time.Clock", To.TIME),
          Map.entry("java.time.InstantSource", To.TIME),
          Map.entry("java.util.Calendar", To.TIME),
          Map.entry("java.util.GregorianCalendar", To.TIME),
          Map.entry("java.lang.ClassValue", To.REFLECTION),
          Map.entry("java.lang.Package", To.REFLECTION),
          Map.entry("java.lang.ClassLoader", To.REFLECTION),
          Map.entry("java.lang.Module", To.REFLECTION),
          Map.entry("java.lang.ModuleLayer", To.REFLECTION),
          Map.entry("java.lang.StackWalker", To.REFLECTION),
          Map.entry("java.util.ServiceLoader", To.REFLECTION));

  private static final Map<String, To> MEMBERS =
      Map.ofEntries(
          Map.entry("java.util.Date.<init>()V", To.TIME),
          Map.entry("java.util.TimeZone.getDefault", To.DEFAULTS),
          Map.entry("java.util.TimeZone.setDefault", To.SHARED_DEFAULTS),
          Map.entry("java.util.Locale.setDefault", To.SHARED_DEFAULTS),
          Map.entry("java.time.ZoneId.systemDefault", To.DEFAULTS),
          Map.entry("java.lang.Integer.getInteger", To.PROPERTIES),
          Map.entry("java.lang.Long.getLong", To.PROPERTIES),
          Map.entry("java.lang.Boolean.getBoolean", To.PROPERTIES),
          Map.entry("java.util.SplittableRandom.<init>()V", To.CHANCE));

  /** Packages that have nothing else of the kind. */
  public static final Set<String> HARMLESS_PACKAGES =
      Set.of(
          "java.lang",
          "java.lang.annotation",
          "java.math",
          "java.nio",
          "java.nio.charset",
          "java.text",
          "java.time",
          "java.util",
          "java.util.function",
          "java.util.regex",
          "java.util.stream",
          "org.jspecify.annotations");

  private Reach() {}

  /** What a class, the outermost of its file, reaches; null: nothing. */
  public static @Nullable To ofClass(String name) {
    return CLASSES.get(name);
  }

  /** What a field or method reaches; null: nothing. */
  public static @Nullable To ofMember(String owner, String name, String descriptor) {
    To reached = MEMBERS.get(owner + "." + name);
    return reached != null ? reached : MEMBERS.get(owner + "." + name + descriptor);
  }
}
