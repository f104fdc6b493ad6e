package org.atoll.posix.gate;

import java.io.BufferedReader;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.atoll.posix.Errno;
import org.atoll.posix.PosixException;
import org.atoll.posix.Sched;
import org.atoll.posix.Stdlib;
import org.atoll.posix.Time;
import org.atoll.posix.Unistd;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a Java program in its process, in the place of what surrounds it in a JVM: calls
 * of {@code System}, {@code IO} and their kind are made here instead. The time zone is UTC.
 */
public final class Ambient {

  /** What a step of the program, a method's begin or a turn of a loop, costs of its quantum. */
  private static final int STEP_COST = 10;

  private static final int MILLION = 1_000_000;

  private Ambient() {}

  /** A step of the program. */
  public static void poll() {
    if (Gate.current().process().poll(STEP_COST)) {
      Heap.look();
    }
  }

  /** {@code System.in}. */
  public static InputStream in() {
    return Gate.current().standard().input();
  }

  /** {@code System.out}. */
  public static PrintStream out() {
    return Gate.current().standard().output();
  }

  /** {@code System.err}. */
  public static PrintStream err() {
    return Gate.current().standard().errors();
  }

  /** {@code System.exit}. */
  public static void exit(int status) {
    Stdlib.exit(status & 0xff);
  }

  /** {@code System.currentTimeMillis}. */
  public static long currentTimeMillis() {
    return Math.floorDiv(Time.clock_gettime(Time.CLOCK_REALTIME), MILLION);
  }

  /** {@code System.nanoTime}. */
  public static long nanoTime() {
    return Time.clock_gettime(Time.CLOCK_MONOTONIC);
  }

  /** {@code System.getenv}. */
  public static @Nullable String getenv(String name) {
    return Stdlib.getenv(name);
  }

  /** {@code System.getenv}. */
  public static Map<String, String> getenv() {
    return Stdlib.environment();
  }

  /** {@code System.getProperty}. */
  public static @Nullable String getProperty(String name) {
    String set = Gate.current().properties().get(name);
    return switch (set == null ? name : "") {
      case "" -> set;
      case "file.separator" -> "/";
      case "path.separator" -> ":";
      case "line.separator" -> "\n";
      case "user.dir" -> Unistd.getcwd();
      case "user.home" -> Stdlib.getenv("HOME");
      case "user.name" -> Stdlib.getenv("USER");
      case "java.io.tmpdir" -> "/tmp";
      case "os.name" -> "Linux";
      case "os.arch" -> "riscv64";
      case "java.version" -> Runtime.version().toString();
      case "java.specification.version" -> Integer.toString(Runtime.version().feature());
      case "java.vendor" -> "Atoll";
      case "file.encoding", "native.encoding", "stdout.encoding" -> "UTF-8";
      default -> null;
    };
  }

  /** {@code System.getProperty}. */
  public static @Nullable String getProperty(String name, @Nullable String otherwise) {
    String value = getProperty(name);
    return value == null ? otherwise : value;
  }

  /** {@code IO.println}. */
  public static void println(@Nullable Object value) {
    out().println(value);
  }

  /** {@code IO.println}. */
  public static void println() {
    out().println();
  }

  /** {@code IO.print}. */
  public static void print(@Nullable Object value) {
    out().print(value);
    out().flush();
  }

  /** {@code IO.readln}. */
  public static @Nullable String readln(@Nullable String prompt) {
    print(prompt);
    return readln();
  }

  /** {@code IO.readln}. */
  public static @Nullable String readln() {
    try {
      return Gate.current().standard().lines().readLine();
    } catch (IOException e) {
      throw new IOError(e);
    }
  }

  /** {@code Throwable.printStackTrace}; another class must not have a method of that name. */
  public static void printStackTrace(Object thrown) {
    StackTrace.print((Throwable) thrown, err());
  }

  /** {@code Thread.sleep}. */
  public static void sleep(long millis) throws InterruptedException {
    sleep(Duration.ofMillis(millis));
  }

  /** {@code Thread.sleep}: a signal's handler ends it early. */
  public static void sleep(Duration time) throws InterruptedException {
    try {
      Time.nanosleep(time.toNanos());
    } catch (PosixException e) {
      if (e.errno() == Errno.EINTR) {
        throw new InterruptedException(e.getMessage());
      }
      throw e;
    }
  }

  /** {@code Thread.yield} and {@code onSpinWait}. */
  public static void yieldTurn() {
    Sched.sched_yield();
  }

  /** The seed of a {@code Random} that is given none. */
  public static long seed() {
    byte[] seed = new byte[Long.BYTES];
    Unistd.getentropy(seed);
    return Bytes.getLong(seed, 0);
  }

  /** {@code Math.random}. */
  public static double random() {
    return (seed() >>> 11) * 0x1.0p-53;
  }

  /** {@code Collections.shuffle}. */
  public static void shuffle(List<?> list) {
    Collections.shuffle(list, new Random(seed()));
  }

  /** {@code UUID.randomUUID}. */
  public static UUID randomUuid() {
    long high = seed() & 0xffff_ffff_ffff_0fffL | 0x4000;
    long low = seed() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** {@code Instant.now}. */
  public static Instant now() {
    return Instant.EPOCH.plusNanos(Time.clock_gettime(Time.CLOCK_REALTIME));
  }

  /** {@code LocalDate.now}. */
  public static LocalDate today() {
    return LocalDate.ofInstant(now(), ZoneOffset.UTC);
  }

  /** {@code LocalDateTime.now}. */
  public static LocalDateTime nowLocal() {
    return LocalDateTime.ofInstant(now(), ZoneOffset.UTC);
  }

  /** Lines of a stream, in UTF-8. */
  static BufferedReader lines(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }
}
