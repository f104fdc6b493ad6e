package org.atoll.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Unmatched;

/**
 * {@code atoll cc}: the C compiler for programs of the guest, with {@code atoll.h} in its path.
 * Every argument is the compiler's, and so is the exit status.
 */
@Command(
    name = "cc",
    mixinStandardHelpOptions = false,
    customSynopsis = "atoll cc [-h] [--dynamic] ARGUMENT...",
    description = {
      "Compiles C for the guest: riscv64-linux-gnu-gcc, with atoll.h in its path, static unless"
          + " --dynamic, -shared, -static-pie or -r is among the arguments.",
      "ATOLL_CC names another compiler with the same arguments."
    },
    footer = {
      "",
      "Examples:",
      "  atoll cc -O2 prog.c -o prog",
      "  atoll run -v .:/w -- /w/prog",
      "  make CC='atoll cc'"
    })
final class CcCommand implements Callable<Integer> {

  private static final String COMPILER = "riscv64-linux-gnu-gcc";
  private static final String PACKAGES = "gcc-riscv64-linux-gnu libc6-dev-riscv64-cross";

  /** With these the linker is asked for something that no static program is. */
  private static final Set<String> NOT_STATIC = Set.of("-shared", "-static-pie", "-r");

  @SuppressWarnings("UnusedVariable") // Picocli sets it, and shows the help
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Option(names = "--dynamic", description = "Links with the guest's shared libraries.")
  private boolean dynamic;

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    String compiler = System.getenv().getOrDefault("ATOLL_CC", COMPILER);
    if (!isInstalled(compiler)) {
      System.err.println("atoll: " + compiler + " is not installed: apt-get install " + PACKAGES);
      return Main.FAILED;
    }
    return new ProcessBuilder(line(compiler, headers(System.getenv())))
        .inheritIO()
        .start()
        .waitFor();
  }

  private List<String> line(String compiler, Path headers) {
    List<String> line = new ArrayList<>(List.of(compiler, "-I", headers.toString()));
    boolean asked = dynamic || arguments.remove("--dynamic");
    if (!asked && arguments.stream().noneMatch(NOT_STATIC::contains)) {
      line.add("-static");
    }
    line.addAll(arguments);
    return line;
  }

  private static boolean isInstalled(String compiler) {
    if (compiler.contains("/")) {
      return Files.isExecutable(Path.of(compiler));
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, compiler)));
  }

  private static Path cache(Map<String, String> environment) {
    String set = environment.getOrDefault("XDG_CACHE_HOME", "");
    return set.startsWith("/") ? Path.of(set) : Path.of(System.getProperty("user.home"), ".cache");
  }

  /** The folder with {@code atoll.h}, which is written when it is not there or another one. */
  private static Path headers(Map<String, String> environment) throws IOException {
    Path folder = cache(environment).resolve("atoll/include");
    Path header = folder.resolve("atoll.h");
    byte[] content;
    try (InputStream in = CcCommand.class.getResourceAsStream("/org/atoll/c/atoll.h")) {
      if (in == null) {
        throw new IOException("atoll.h is not in the build: libposix/c is its place");
      }
      content = in.readAllBytes();
    }
    if (!Files.exists(header) || !Arrays.equals(Files.readAllBytes(header), content)) {
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, "atoll", ".h");
      Files.write(fresh, content);
      Files.move(fresh, header, StandardCopyOption.ATOMIC_MOVE);
    }
    return folder;
  }
}
