package org.atoll.boot;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that starts this program again: the same JVM, flags and classes. */
final class JavaCommand {

  private JavaCommand() {}

  /** Up to and with the main class. */
  static List<String> ofThisProcess() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!flag.startsWith("-XX:AOTCacheOutput") && !flag.startsWith(Launcher.FLAG)) {
        command.add(flag);
      }
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("org.atoll.cli.Main");
    return command;
  }
}
