package org.atoll.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.atoll.image.BuildOptions;
import org.atoll.image.ImageInfo;
import org.atoll.image.Images;
import org.atoll.image.Manifest;
import org.atoll.image.debian.SourceOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atoll image}: makes and lists root images out of Debian's packages. */
@Command(
    name = "image",
    mixinStandardHelpOptions = true,
    description = "Root images, made of Debian's own riscv64 packages, signatures checked.",
    footer = {
      "",
      "Examples:",
      "  atoll image build tools dash bash lua5.4 sqlite3",
      "  atoll run --image tools -- lua -e 'print(1)'"
    })
final class ImageCommand {

  private static Images images() {
    return new Images(Images.Machine.here(), line -> System.err.println("atoll: " + line));
  }

  @Command(
      name = "build",
      mixinStandardHelpOptions = true,
      description = "Builds an image of Debian packages and what they depend on.",
      footer = {
        "",
        "Examples:",
        "  atoll image build tools bash lua5.4 sqlite3",
        "  atoll image build base                      the image that run takes"
      })
  int build(
      @Parameters(paramLabel = "NAME", description = "What it is called.") String name,
      @Parameters(paramLabel = "PACKAGE", arity = "0..*", description = "Debian packages.")
          @Nullable List<String> packages,
      @Option(
              names = "--mirror",
              defaultValue = "",
              description = "Address of the archive, instead of apt's.")
          String mirror,
      @Option(
              names = "--keyring",
              defaultValue = "",
              description = "File with the keys to trust, instead of apt's.")
          String keyring,
      @Option(
              names = "--suite",
              defaultValue = SourceOptions.SUITE,
              description = "Debian's suite (default: ${DEFAULT-VALUE}).")
          String suite)
      throws IOException {
    List<String> wanted = packages == null ? new ArrayList<>() : packages;
    SourceOptions source = SourceOptions.parse(mirror, keyring, suite);
    Images images = images();
    if (name.equals(Images.BASE) && wanted.isEmpty()) {
      System.out.println(images.ensureBase(source));
      return 0;
    }
    BuildOptions options = new BuildOptions(name, wanted, BuildOptions.Busybox.FILLS_IN, source);
    System.out.println(images.build(options).tar());
    return 0;
  }

  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = "Lists the images.",
      footer = {"", "Examples:", "  atoll image ls"})
  int list() throws IOException {
    for (ImageInfo image : images().list()) {
      Manifest manifest = image.manifest();
      System.out.printf(
          "%-20s %6d files %8d KiB  %s%n",
          manifest.name(),
          manifest.tar().entries(),
          manifest.tar().sizeBytes() >> 10,
          manifest.source().date());
    }
    return 0;
  }

  @Command(
      name = "inspect",
      mixinStandardHelpOptions = true,
      description = "Prints what an image is made of, as JSON.",
      footer = {"", "Examples:", "  atoll image inspect base"})
  int inspect(@Parameters(paramLabel = "NAME", description = "The image.") String name)
      throws IOException {
    System.out.println(images().inspect(name).manifest().write());
    return 0;
  }

  @Command(
      name = "rm",
      mixinStandardHelpOptions = true,
      description = "Removes an image.",
      footer = {"", "Examples:", "  atoll image rm tools"})
  int remove(@Parameters(paramLabel = "NAME", description = "The image.") String name)
      throws IOException {
    images().remove(name);
    return 0;
  }
}
