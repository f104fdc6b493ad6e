package org.atoll.image;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.atoll.image.debian.SourceOptions;

/**
 * Makes images by hand, out of this machine's apt mirror: the base image without arguments, or
 * {@code NAME PACKAGE...}. Prints where the image is.
 */
public final class BuildBaseImage {
  private BuildBaseImage() {}

  /** Progress goes to standard error; exits with 1 and one line when it does not work. */
  public static void main(String[] arguments) {
    PrintStream error = System.err;
    try {
      Images images = new Images(Images.Machine.here(), error::println);
      System.out.println(make(images, List.of(arguments)));
    } catch (IOException e) {
      error.println("atoll: " + e.getMessage());
      System.exit(1);
    }
  }

  private static Path make(Images images, List<String> arguments) throws IOException {
    if (arguments.isEmpty()) {
      return images.ensureBase(SourceOptions.ofApt());
    }
    String[] packages = arguments.subList(1, arguments.size()).toArray(String[]::new);
    return images.build(BuildOptions.of(arguments.getFirst(), packages)).tar();
  }
}
