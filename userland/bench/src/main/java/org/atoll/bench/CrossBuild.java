package org.atoll.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the benchmarks' C kernels with the machine's riscv64 cross compiler, into a folder of its
 * own.
 */
public final class CrossBuild {
  /** Kernels in the order of VCPU figures: what each does stands in its source. */
  static final List<String> KERNELS =
      List.of("sieve", "mix", "list", "bytes", "imatrix", "dmatrix", "fib", "quicksort", "machine");

  private static final String COMPILER = "riscv64-linux-gnu-gcc";
  private static final List<String> FLAGS =
      List.of(
          "-O2",
          "-march=rv64gc",
          "-mabi=lp64d",
          "-static",
          "-nostdlib",
          "-ffreestanding",
          "-fno-pic",
          "-fno-stack-protector",
          "-fno-tree-loop-distribute-patterns",
          "-Wl,--no-warn-rwx-segments");

  /** What installs the compiler. */
  public static final String INSTALL =
      "apt-get install -y gcc-riscv64-linux-gnu libc6-dev-riscv64-cross";

  private final Path folder;

  public CrossBuild(Path folder) {
    this.folder = folder;
  }

  /** Whether the compiler is on this machine. */
  public static boolean isPossible() {
    return AtollCommand.isOnPath(COMPILER);
  }

  /** The executable of a kernel. */
  Path kernel(String name) throws IOException, InterruptedException {
    unpack("kernels/kernel.h");
    return build(name, List.of(unpack("kernels/start.c"), unpack("kernels/" + name + ".c")));
  }

  /** The executable of a program that stands alone. */
  Path guest(String name) throws IOException, InterruptedException {
    return build(name, List.of(unpack("guests/" + name + ".c")));
  }

  /**
   * The executable of a program that uses the C library, linked statically, and may use {@code
   * atoll.h}.
   */
  public Path guestWithLibrary(String name) throws IOException, InterruptedException {
    Path source = unpack("guests/" + name + ".c");
    String headers = "-I" + AtollCommand.root().resolve("libposix/c");
    return compile(List.of(COMPILER, "-O2", "-static", headers), source, folder.resolve(name));
  }

  /** The same program for this machine, into another folder. */
  Path hostProgram(String name, Path to) throws IOException, InterruptedException {
    return compile(List.of("gcc", "-O2"), unpack("guests/" + name + ".c"), to.resolve(name));
  }

  private static Path compile(List<String> compiler, Path source, Path program)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(compiler);
    command.addAll(List.of("-o", program.toString(), source.toString()));
    run(command);
    return program;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + status);
    }
  }

  private Path build(String name, List<Path> sources) throws IOException, InterruptedException {
    Path program = folder.resolve(name);
    var command = new ArrayList<String>();
    command.add(COMPILER);
    command.addAll(FLAGS);
    sources.forEach(source -> command.add(source.toString()));
    command.addAll(List.of("-o", program.toString()));
    run(command);
    return program;
  }

  private Path unpack(String name) throws IOException {
    Path file = folder.resolve(Path.of(name).getFileName());
    try (var in = CrossBuild.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is not in the jar");
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }
}
