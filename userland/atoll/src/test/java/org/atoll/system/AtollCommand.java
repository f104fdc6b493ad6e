package org.atoll.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The command line that starts the product, as a child process of the test.
 *
 * <p>It is {@code <atoll.root>/atoll run}; the system property {@code atoll.system.command} puts
 * another one in its place, which is called with the same options (so that the oracle can stand in
 * and test these tests). {@code atoll.system.images} names a folder with an image for each name.
 */
final class AtollCommand {
  private static final Duration OUTPUT_AFTER_END = Duration.ofSeconds(30);
  private static final Executor READERS = task -> Thread.ofVirtual().start(task);

  private final Path root;
  private final List<String> words;
  private final String images;

  private AtollCommand(Path root, List<String> words, String images) {
    this.root = root;
    this.words = words;
    this.images = images;
  }

  /** The command that the system properties describe. */
  static AtollCommand ofThisBuild() {
    Path root = root();
    String command = System.getProperty("atoll.system.command", root.resolve("atoll") + " run");
    return new AtollCommand(
        root,
        Arrays.asList(command.strip().split("\\s+")),
        System.getProperty("atoll.system.images", ""));
  }

  /** The top folder of the source tree. */
  static Path root() {
    String root = System.getProperty("atoll.root");
    if (root == null) {
      throw new IllegalStateException("no system property atoll.root: the top of the source tree");
    }
    return Path.of(root);
  }

  /** Builds what is stale, so that no later run counts the build into its time limit. */
  void prepare() {
    List<String> line = new ArrayList<>(words);
    addImage(line, OracleCase.BASE_IMAGE);
    line.addAll(List.of("--", "true"));
    Outcome outcome = run(new ProcessBuilder(line), Duration.ofMinutes(10));
    if (outcome.status() != 0) {
      throw new IllegalStateException(
          "%s ended with %d: %s"
              .formatted(line, outcome.status(), new String(outcome.stderr(), OracleRecord.BYTES)));
    }
  }

  /** Runs a case to its end, or to the time limit. */
  Outcome run(OracleCase test, Duration limit) {
    List<String> line = new ArrayList<>(words);
    addImage(line, test.image());
    line.addAll(List.of("--nodes", Integer.toString(test.nodes()), "--"));
    line.addAll(List.of(test.shell(), "-c", test.text(), test.name()));
    line.addAll(test.args());
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("ATOLL_NO_BUILD", "1");
    builder.redirectInput(Redirect.from(test.input().toFile()));
    return run(builder, limit);
  }

  /** Runs the launcher with these words and no input, to its end or to the time limit. */
  Outcome launch(Duration limit, String... words) {
    return run(launcher(words), limit);
  }

  /** The launcher with these words, without a build. */
  ProcessBuilder launcher(String... words) {
    List<String> line = new ArrayList<>(List.of(root.resolve("atoll").toString()));
    line.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("ATOLL_NO_BUILD", "1");
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    return builder;
  }

  /**
   * Makes sure that the image is there: base is made on first use, another one is built of the
   * packages that {@code userland/oracle/images} lists for it, again when one of them is not in it.
   */
  void prepareImage(String image) {
    if (image.equals(OracleCase.BASE_IMAGE) || !images.isEmpty()) {
      return;
    }
    List<String> packages = packages(image);
    String launcher = root.resolve("atoll").toString();
    ProcessBuilder inspect = new ProcessBuilder(launcher, "image", "inspect", image);
    String manifest = new String(run(inspect, Duration.ofMinutes(1)).stdout(), OracleRecord.BYTES);
    if (packages.stream().allMatch(each -> manifest.contains("\"name\": \"" + each + '"'))) {
      return;
    }
    List<String> build = new ArrayList<>(List.of(launcher, "image", "build", image));
    build.addAll(packages);
    Outcome outcome = run(new ProcessBuilder(build), Duration.ofMinutes(10));
    if (outcome.status() != 0) {
      throw new IllegalStateException(
          "%s ended with %d: %s"
              .formatted(
                  build, outcome.status(), new String(outcome.stderr(), OracleRecord.BYTES)));
    }
  }

  private List<String> packages(String image) {
    try {
      Path list = root.resolve("userland/oracle/images").resolve(image);
      return List.of(Files.readString(list).strip().split("\\s+"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addImage(List<String> line, String image) {
    if (!images.isEmpty()) {
      line.addAll(List.of("--image", Path.of(images, image).toString()));
    } else if (!image.equals(OracleCase.BASE_IMAGE)) {
      line.addAll(List.of("--image", image));
    }
  }

  /** Runs a command, which a test has prepared, to its end or to the time limit. */
  Outcome run(ProcessBuilder builder, Duration limit) {
    if (builder.directory() == null) {
      builder.directory(root.toFile());
    }
    try {
      Process process = builder.start();
      CompletableFuture<byte[]> stdout = drain(process.getInputStream());
      CompletableFuture<byte[]> stderr = drain(process.getErrorStream());
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        killTree(process);
      }
      int status = ended ? process.exitValue() : Outcome.TIMED_OUT;
      return new Outcome(status, bytes(stdout), bytes(stderr));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while a command ran", e);
    }
  }

  /** Both outputs are read while the command runs: a full pipe would stop it for ever. */
  private static CompletableFuture<byte[]> drain(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        READERS);
  }

  /** A process that outlives the command and keeps its output open must not hang the test. */
  private static byte[] bytes(CompletableFuture<byte[]> output) {
    return output
        .completeOnTimeout(
            "[output still open after the end]\n".getBytes(OracleRecord.BYTES),
            OUTPUT_AFTER_END.toMillis(),
            TimeUnit.MILLISECONDS)
        .join();
  }

  private static void killTree(Process process) throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly().waitFor();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
