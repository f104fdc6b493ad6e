package org.atoll.stress;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Breaks the kernel in one place after the other, and looks whether the stress test that is to
 * notice it does. Started by kernel/stress/mutants.
 */
public final class Mutants {

  private static final String CHECK = "--check";

  private static final Pattern RESULTS =
      Pattern.compile(
          "Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard");

  private final Path root;
  private final Path target;
  private final List<String> efforts;
  private final PrintStream out;
  private int survivors;

  private Mutants(Path root, List<String> efforts, PrintStream out) {
    this.root = root;
    this.target = root.resolve("kernel/stress/target/mutants");
    this.efforts = efforts;
    this.out = out;
  }

  /**
   * Runs those that are named, or all that this machine can show.
   *
   * @param args the repository's root, what jcstress is given first, and if the test passes, names
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path root = Path.of(args[0]);
    List<String> names = Arrays.asList(args).subList(3, args.length);
    List<Mutation> all = Mutation.readAll(root.resolve("kernel/stress/mutants.d"));
    for (String name : names) {
      if (!name.equals(CHECK) && all.stream().noneMatch(mutation -> mutation.name().equals(name))) {
        throw new IllegalArgumentException("no mutation is called " + name);
      }
    }
    Mutants mutants = new Mutants(root, List.of(args[1], args[2]), System.out);
    if (names.equals(List.of(CHECK))) {
      mutants.check(all);
      return;
    }
    for (Mutation mutation : all) {
      if (names.isEmpty() ? mutation.hidden().isEmpty() : names.contains(mutation.name())) {
        mutants.run(mutation);
      }
    }
    System.exit(mutants.survivors == 0 ? 0 : 1);
  }

  private void check(List<Mutation> all) throws IOException {
    for (Mutation mutation : all) {
      mutation.testSource(root);
      compile(mutation.name(), mutation, mutation.apply(root));
    }
    out.println(all.size() + " mutations apply and compile, and their tests are there");
  }

  private void run(Mutation mutation) throws IOException, InterruptedException {
    String test = mutation.test();
    long start = System.nanoTime();
    if (!mutation.widening().isEmpty()) {
      Path widened = compile(mutation.name() + "-widened", mutation, mutation.widened(root));
      if (fails(test, widened, efforts.getLast())) {
        throw new IllegalStateException(test + " fails where more time passes: see " + widened);
      }
    }
    Path folder = compile(mutation.name(), mutation, mutation.apply(root));
    boolean killed = false;
    for (int i = 0; !killed && i < efforts.size(); i++) {
      killed = fails(test, folder, efforts.get(i));
    }
    survivors += killed ? 0 : 1;
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    String said = killed ? "killed" : mutation.hidden().isEmpty() ? "SURVIVED" : "hidden";
    out.printf("%-8s  %-32s %s, %d s%n", said, mutation.name(), test, seconds);
  }

  /** Compiles the class as it is changed, and nothing else, into a folder of its own. */
  private Path compile(String name, Mutation mutation, String changed) throws IOException {
    Path folder = target.resolve(name);
    Path source = folder.resolve("src/" + mutation.changed().replace('.', '/') + ".java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, changed);
    String[] options = {
      "-proc:none",
      "-nowarn",
      "-XDignore.symbol.file",
      "-implicit:none",
      "-d",
      folder.resolve("classes").toString(),
      "-cp",
      System.getProperty("java.class.path"),
      source.toString()
    };
    int status = ToolProvider.getSystemJavaCompiler().run(null, out, System.err, options);
    if (status != 0) {
      throw new IllegalStateException(name + " does not compile");
    }
    return folder;
  }

  /** Whether a test fails with the classes of a folder in place of the kernel's own. */
  private static boolean fails(String test, Path folder, String effort)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        folder.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path"));
    command.add("org.openjdk.jcstress.Main");
    command.addAll(List.of("-t", "[.]" + test.replace(".", "[.]") + "$"));
    command.addAll(List.of(effort.split(" ")));
    command.addAll(List.of("-r", folder.resolve("results").toString()));
    Path log = folder.resolve("log");
    new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
    return fails(test, log);
  }

  private static boolean fails(String test, Path log) throws IOException {
    Matcher results = RESULTS.matcher(Files.readString(log));
    int passed = -1;
    int other = 0;
    while (results.find()) {
      passed = Integer.parseInt(results.group(2));
      other =
          Integer.parseInt(results.group(3))
              + Integer.parseInt(results.group(4))
              + Integer.parseInt(results.group(5));
    }
    if (passed + other <= 0) {
      throw new IllegalStateException(test + " did not run: see " + log);
    }
    return other > 0;
  }
}
