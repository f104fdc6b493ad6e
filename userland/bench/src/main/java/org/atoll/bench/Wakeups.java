package org.atoll.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each thread of a process has gone to sleep so far, by its id: whoever sleeps is woken
 * as often. The host's {@code /proc/PID/task} counts that as voluntary context switches.
 */
record Wakeups(Map<String, Slept> threads) {

  private static final String NAME = "Name:";
  private static final String SWITCHES = "voluntary_ctxt_switches:";

  /**
   * A thread.
   *
   * @param name as the host knows it: 15 characters of it
   * @param times since it began
   */
  record Slept(String name, long times) {}

  /**
   * What a thread did in some time.
   *
   * @param perSecond wake-ups
   */
  record Rate(String name, double perSecond) {}

  Wakeups {
    threads = Map.copyOf(threads);
  }

  /** Of a process of this machine. */
  static Wakeups of(long pid) throws IOException {
    return in(Path.of("/proc/" + pid + "/task"));
  }

  /**
   * Of all threads whose folders are in one.
   *
   * @throws IOException when there is no such folder
   */
  static Wakeups in(Path tasks) throws IOException {
    Map<String, Slept> threads = new TreeMap<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(tasks)) {
      for (Path folder : folders) {
        List<String> status = status(folder);
        if (!status.isEmpty()) {
          long times = Long.parseLong(value(status, SWITCHES));
          threads.put(folder.getFileName().toString(), new Slept(value(status, NAME), times));
        }
      }
    }
    return new Wakeups(threads);
  }

  /** Nothing of a thread that has ended meanwhile. */
  private static List<String> status(Path folder) throws IOException {
    try {
      return Files.readAllLines(folder.resolve("status"));
    } catch (NoSuchFileException ended) {
      return List.of();
    } catch (IOException failed) {
      if (Files.exists(folder)) {
        throw failed;
      }
      return List.of();
    }
  }

  private static String value(List<String> status, String field) throws IOException {
    return status.stream()
        .filter(line -> line.startsWith(field))
        .findFirst()
        .orElseThrow(() -> new IOException("the host does not say " + field))
        .substring(field.length())
        .strip();
  }

  /**
   * What each thread that is there now did since, the busiest first; who never woke is left out.
   */
  List<Rate> since(Wakeups before, double seconds) {
    List<Rate> rates = new ArrayList<>();
    threads.forEach((thread, now) -> {
      Slept then = before.threads.get(thread);
      long times = now.times - (then == null ? 0 : then.times);
      if (times > 0) {
        rates.add(new Rate(now.name, times / seconds));
      }
    });
    rates.sort(Comparator.comparingDouble(Rate::perSecond).reversed().thenComparing(Rate::name));
    return rates;
  }
}
