package org.atoll.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.atoll.boot.LinuxVos;
import org.atoll.boot.Observer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code atoll run}: boots a VOS, on this machine or several, and runs a command in it. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Boots a VOS and runs a command in it; the exit status is the command's.",
    footer = {
      "",
      "Exit status: the command's; 128+n when signal n ended it; 125 when atoll itself fails,",
      "126 when the command cannot be executed, 127 when it is not found.",
      "",
      "Examples:",
      "  atoll run                                  a shell; Ctrl-D ends it",
      "  atoll run -it --image tools -- bash        insists on a terminal",
      "  atoll run -- sh -c 'ls -l /; exit 9'",
      "  echo hi | atoll run cat",
      "  atoll run -v .:/w -w /w -- ls -l",
      "  atoll run -p 8080:80 -v .:/w -- busybox httpd -f -h /w",
      "  atoll run --net host -- wget -qO- http://host.atoll.internal:8000/",
      "  atoll run --nodes 2 -- sh -c 'onnode 1 cat /etc/passwd | onnode 0 grep root'",
      "  atoll run --join 10.0.0.2:7010 --key k -- onnode 1 uname -n    (there: atoll node start)"
    })
final class RunCommand implements Callable<Integer> {

  @Mixin VosOptions options = new VosOptions();

  @Mixin HostOptions hosts = new HostOptions();

  @Option(
      names = {"-i", "--interactive"},
      description = "As with containers; the command always has standard input.")
  boolean interactive;

  @Option(
      names = {"-t", "--tty"},
      description = "Insists that standard input and output are a terminal.")
  boolean terminal;

  @Override
  public Integer call() throws IOException {
    if (terminal && !LinuxVos.onTerminal()) {
      throw new IOException("the input device is not a TTY (-t insists on one)");
    }
    return hosts.run(hosts.over(options.spec()), Observer.NONE);
  }
}
