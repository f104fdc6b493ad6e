package org.atoll.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.atoll.boot.LinuxVos;
import picocli.CommandLine.Command;

/**
 * {@code atoll train}: a run that ends in the ordinary way, from which the launcher has the JVM
 * make its AOT cache. Needs no image: it boots a VOS whose command is one of our own programs.
 */
@Command(name = "train", hidden = true, description = "Loads what every start needs.")
final class TrainCommand implements Callable<Integer> {

  @Override
  public Integer call() throws IOException {
    Main.commandLine().parseArgs("run", "--nodes", "1", "--", "vps");
    return LinuxVos.train();
  }
}
