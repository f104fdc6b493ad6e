package org.atoll.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atoll.control.RunningVos;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** {@code atoll service}: the servers and drivers of a VOS that runs in another terminal. */
@Command(
    name = "service",
    mixinStandardHelpOptions = true,
    description = "Lists, updates and restarts the services of a running VOS of yours.",
    footer = {
      "",
      "Examples:",
      "  atoll service ls",
      "  atoll service show calls          who waits for whom",
      "  atoll service update myfs         new code from the same file, the state carried over",
      "  atoll service kill procfs         as by a mistake of its own: it begins anew",
      "  atoll service call myfs COUNT 3   a request of the service's own protocol"
    })
final class ServiceCommand {

  private static final String NAME = "NAME";

  @Option(
      names = "--vos",
      paramLabel = "PID",
      scope = ScopeType.INHERIT,
      description = "Process of the VOS; not needed when only one runs.")
  @Nullable Long vos;

  private int ask(String... words) throws IOException {
    return RunningVos.find(System.getenv(), vos).ask(List.of(words));
  }

  @Command(name = "ls", mixinStandardHelpOptions = true, description = "Lists the services.")
  int list() throws IOException {
    return ask("ls");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows what the VOS looks like: tasks, calls, nodes, services or ds.")
  int show(@Parameters(paramLabel = "TABLE") String table) throws IOException {
    return ask("show", table);
  }

  @Command(
      name = "restart",
      mixinStandardHelpOptions = true,
      description = "Has a service begin anew, without state.")
  int restart(@Parameters(paramLabel = NAME) String name) throws IOException {
    return ask("restart", name);
  }

  @Command(
      name = "kill",
      mixinStandardHelpOptions = true,
      description = "Has a service fail, as by a mistake of its own.")
  int kill(@Parameters(paramLabel = NAME) String name) throws IOException {
    return ask("kill", name);
  }

  @Command(
      name = "update",
      mixinStandardHelpOptions = true,
      description = "Gives a service new code, and it the state of the old one.")
  int update(
      @Parameters(paramLabel = NAME) String name,
      @Parameters(
              paramLabel = "FILE",
              arity = "0..1",
              description = "Where the code is (default: the file that it was loaded from).")
          @Nullable Path file)
      throws IOException {
    return file == null ? ask("update", name) : ask("update", name, absolute(file));
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Starts a service of one's own.")
  int start(@Parameters(paramLabel = "FILE") Path file) throws IOException {
    return ask("start", absolute(file));
  }

  @Command(
      name = "call",
      mixinStandardHelpOptions = true,
      description = "Makes a request of a service's own protocol and shows the answer.")
  int call(
      @Parameters(index = "0", paramLabel = NAME) String name,
      @Parameters(index = "1", paramLabel = "CALL") String call,
      @Parameters(
              index = "2..*",
              paramLabel = "WORD",
              description = "Numbers, then the text of the in-buffer if it has one.")
          @Nullable List<String> words)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("call", name, call));
    all.addAll(words == null ? List.of() : words);
    return ask(all.toArray(new String[0]));
  }

  private static String absolute(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }
}
