package org.atoll.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.atoll.boot.LinuxVos;
import org.atoll.image.Images;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code atoll train}: a run from which the launcher has the JVM make its AOT cache. It is {@code
 * atoll run} with the base image, which is made when it is not there; where it cannot be, a VOS
 * without an image whose command is one of our own programs.
 */
@Command(name = "train", hidden = true, description = "Runs what every start needs.")
final class TrainCommand implements Callable<Integer> {

  @Parameters(paramLabel = "CMD", description = "The command to run.")
  List<String> command = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (!hasImage()) {
      return LinuxVos.train();
    }
    List<String> words = new ArrayList<>(List.of("run", "--"));
    words.addAll(command);
    String[] arguments = words.toArray(String[]::new);
    return Main.commandLine(arguments).execute(arguments);
  }

  private static boolean hasImage() {
    try {
      new Images(Images.Machine.here(), line -> System.err.println("atoll: " + line))
          .locate(Images.BASE);
      return true;
    } catch (IOException unreachable) {
      return false;
    }
  }
}
