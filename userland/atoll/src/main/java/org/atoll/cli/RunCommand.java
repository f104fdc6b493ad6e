package org.atoll.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.atoll.boot.LinuxVos;
import org.atoll.boot.Observer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code atoll run}: boots a VOS on this machine and runs a command in it. */
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
      "  atoll run",
      "  atoll run -- sh -c 'ls -l /; exit 9'",
      "  echo hi | atoll run cat",
      "  atoll run -v .:/w -w /w -- ls -l",
      "  atoll run --nodes 2 -- sh -c 'onnode 1 cat /etc/passwd | onnode 0 grep root'"
    })
final class RunCommand implements Callable<Integer> {

  @Mixin VosOptions options = new VosOptions();

  @Override
  public Integer call() throws IOException {
    return LinuxVos.run(options.spec(), Observer.NONE);
  }
}
