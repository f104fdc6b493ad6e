package org.atoll.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.atoll.boot.Launcher;
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
    subcommands = {
      RunCommand.class,
      TraceCommand.class,
      StraceCommand.class,
      SimCommand.class,
      CcCommand.class,
      ServiceCommand.class,
      ImageCommand.class,
      NodeCommand.class,
      TrainCommand.class
    },
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
    int status = commandLine().execute(arguments);
    System.out.flush();
    Runtime.getRuntime().halt(status);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
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
