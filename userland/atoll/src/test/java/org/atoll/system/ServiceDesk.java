package org.atoll.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** VOSes that run while their services are looked at and changed from another terminal. */
final class ServiceDesk implements Closeable {

  static final Duration LIMIT = Duration.ofSeconds(120);

  private final AtollCommand command;
  private final Path folder;
  private final List<LiveVos> started = new ArrayList<>();

  /** A desk with its sockets, and the failures that its VOSes note, in a folder. */
  ServiceDesk(AtollCommand command, Path folder) {
    this.command = command;
    this.folder = folder;
  }

  /** Starts {@code atoll} with these words and a shell after them, and waits until it is there. */
  LiveVos start(String... words) {
    ProcessBuilder run = command.launcher(words);
    run.command().addAll(List.of("--", "sh"));
    run.environment().put("XDG_STATE_HOME", folder.toString());
    LiveVos vos = LiveVos.start(run.directory(folder.toFile()), folder);
    started.add(vos);
    vos.run(":");
    return vos;
  }

  /** What {@code atoll service} with these words does. */
  Outcome service(String... words) {
    return ask("service", words);
  }

  /** What another verb with these words does. */
  Outcome ask(String verb, String... words) {
    ProcessBuilder asked = command.launcher(verb);
    asked.command().addAll(List.of(words));
    asked.environment().put("XDG_RUNTIME_DIR", folder.toString());
    return command.run(asked, LIMIT);
  }

  /** The same, which has to succeed. */
  void done(String... words) {
    Outcome outcome = service(words);
    assertEquals("", outcome.err());
    assertEquals(0, outcome.status());
  }

  /** How often a service was restarted, as {@code atoll service ls} shows it. */
  int restarts(String name) {
    String table = service("ls").out();
    String row =
        table.lines().filter(line -> line.startsWith(name + " ")).findFirst().orElseThrow();
    return Integer.parseInt(row.split(" +")[4]);
  }

  /** The sockets that VOSes have left, or still have. */
  List<Path> sockets() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("atoll"))) {
      return files.filter(file -> !Files.isDirectory(file)).toList();
    }
  }

  @Override
  public void close() {
    started.forEach(LiveVos::close);
  }
}
