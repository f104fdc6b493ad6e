package org.atoll.vcpu;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The emulator that says what is right: {@code qemu-riscv64}, where the machine has it.
 *
 * <p>{@code ATOLL_ORACLE=required} makes its absence an error.
 */
final class Oracle {
  private static final List<String> NAMES = List.of("qemu-riscv64-static", "qemu-riscv64");

  private final Path program;

  private Oracle(Path program) {
    this.program = program;
  }

  /** The emulator on the PATH, if there is one; says in one line which. */
  static Optional<Oracle> find() {
    Optional<Oracle> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst()
            .map(Oracle::new);
    if (found.isEmpty() && "required".equals(System.getenv("ATOLL_ORACLE"))) {
      throw new IllegalStateException("ATOLL_ORACLE=required, but no qemu-riscv64 is on the PATH");
    }
    System.out.println(
        found
            .map(oracle -> "oracle: " + oracle.version())
            .orElse("oracle: no qemu-riscv64 on the PATH, its recorded results are used"));
    return found;
  }

  String version() {
    return new String(output("--version"), StandardCharsets.UTF_8)
        .lines()
        .findFirst()
        .orElse("unknown version");
  }

  /** What an executable writes. */
  byte[] run(byte[] elf) {
    try {
      Path file = Files.createTempFile("generated", ".elf");
      try {
        Files.write(file, elf);
        if (!file.toFile().setExecutable(true)) {
          throw new IllegalStateException("cannot make " + file + " executable");
        }
        return output(file.toString());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] output(String argument) {
    try {
      var process =
          new ProcessBuilder(program.toString(), argument)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      byte[] bytes = process.getInputStream().readAllBytes();
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(program + " ended with " + status);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
