package org.atoll.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.atoll.boot.Launcher;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/**
 * The {@code atoll} command.
 *
 * <p>Exit status: the guest command's; 128 + n when signal n ended it; 125 when atoll itself fails
 * (bad options too), 126 when the command cannot be executed, 127 when it is not found.
 */
@Command(
    name = "atoll",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "A microkernel guest operating system: one machine over several nodes.",
    footer = {
      "",
      "Examples:",
      "  atoll run                                  a shell in the base image",
      "  atoll run -- sh -c 'uname -a; exit 9'      one command, its exit status",
      "  atoll run --nodes 2 -- onnode 1 vps        one VOS over two processes of the host",
      "  atoll strace -f -- sh -c 'ls | wc'         the system calls, as strace shows them",
      "  atoll trace -- echo hi                     every message, one line each",
      "  atoll sim --seed 7 --nodes 2 -- sh -c ..   the same VOS, simulated, repeatable"
    })
public final class Main {

  /** Exit status when atoll itself fails. */
  static final int FAILED = 125;

  /** Room for the examples, each in a line of its own. */
  private static final int HELP_COLUMNS = 100;

  /** In the order of the help page. */
  private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("run", RunCommand.class);
    COMMANDS.put("trace", TraceCommand.class);
    COMMANDS.put("strace", StraceCommand.class);
    COMMANDS.put("sim", SimCommand.class);
    COMMANDS.put("cc", CcCommand.class);
    COMMANDS.put("bench", BenchCommand.class);
    COMMANDS.put("service", ServiceCommand.class);
    COMMANDS.put("nodes", NodesCommand.class);
    COMMANDS.put("link", LinkCommand.class);
    COMMANDS.put("image", ImageCommand.class);
    COMMANDS.put("node", NodeCommand.class);
    COMMANDS.put("member", MemberCommand.class);
    COMMANDS.put("train", TrainCommand.class);
  }

  private Main() {}

  /** What {@code --version} says: the build's version, and the JDK that runs it. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String built = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "atoll " + (built == null ? "from classes" : built),
        "JDK " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
      };
    }
  }

  /** Runs the command and ends the JVM with its status. */
  public static void main(String[] arguments) {
    FaultLog.install(System.getenv());
    Launcher.follow();
    int status = commandLine(arguments).execute(arguments);
    System.out.flush();
    Runtime.getRuntime().halt(status);
  }

  /**
   * The command with its subcommands; with one alone when the first word names it, because the
   * models of all of them cost a third of a start. Each is a {@link CommandLine} of its own first:
   * only then is its model transformed.
   */
  static CommandLine commandLine(String... arguments) {
    CommandLine line = new CommandLine(new Main());
    @Nullable Class<?> named = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
    if (named != null) {
      line.addSubcommand(new CommandLine(named));
    } else {
      COMMANDS.values().forEach(each -> line.addSubcommand(new CommandLine(each)));
    }
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(Main::badUse);
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      command.getErr().println("atoll: " + FaultLog.reason(failure));
      return FAILED;
    });
    line.setUsageHelpWidth(HELP_COLUMNS);
    line.getSubcommands().values().forEach(Main::stopAtCommand);
    line.getSubcommands().values().forEach(Main::tellVersion);
    return line;
  }

  /** Options end where the guest's command begins: {@code atoll run ls -l} needs no {@code --}. */
  private static void stopAtCommand(CommandLine line) {
    line.setStopAtPositional(line.getSubcommands().isEmpty());
    line.setStopAtUnmatched(
        line.getCommandName().equals("cc")); // all that follows is the compiler's
  }

  private static void tellVersion(CommandLine line) {
    line.getCommandSpec().versionProvider(new Version());
    line.getSubcommands().values().forEach(Main::tellVersion);
  }

  private static int badUse(ParameterException failure, String[] arguments) {
    PrintWriter err = failure.getCommandLine().getErr();
    err.println("atoll: " + Misuse.line(failure));
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    err.println("Try '" + command + " --help'.");
    return FAILED;
  }
}
