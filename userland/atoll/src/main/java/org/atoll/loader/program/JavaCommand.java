package org.atoll.loader.program;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.atoll.abi.AtollCall;
import org.atoll.posix.Errno;
import org.atoll.posix.Fcntl;
import org.atoll.posix.PosixException;
import org.atoll.posix.Unistd;
import org.atoll.posix.gate.Gate;
import org.jspecify.annotations.Nullable;

/**
 * The {@code java} command of the guest. It is the begin of each Java program, on its thread: files
 * are read by the process's own system calls. What it says is worded as by the real one.
 */
final class JavaCommand {

  private static final int FAILED = 1;
  private static final int CHUNK_BYTES = 64 * 1024;

  private final Gate gate;
  private final Executor compiler;
  private final Runnable wake;

  /**
   * A command.
   *
   * @param compiler runs javac, beside the CPUs or at once
   * @param wake ends the process's wait for it
   */
  JavaCommand(Gate gate, Executor compiler, Runnable wake) {
    this.gate = gate;
    this.compiler = compiler;
    this.wake = wake;
  }

  /** Runs it; its result is the exit status. */
  int run() {
    List<String> words = gate.arguments();
    try {
      return run(Options.of(words.subList(Math.min(1, words.size()), words.size())));
    } catch (Options.Misuse misuse) {
      return fail(String.valueOf(misuse.getMessage()));
    } catch (Refused refused) {
      return refused(refused.lines());
    }
  }

  private int run(Options options) {
    gate.properties().putAll(options.properties);
    return switch (options.kind) {
      case VERSION -> version();
      case HELP -> help(options);
      case SOURCE -> source(options);
      case CLASS -> classFile(options, options.program, options.classPath);
      case JAR -> jar(options);
    };
  }

  private int version() {
    PrintStream out = gate.standard().output();
    out.println("java " + Runtime.version().feature() + " (Atoll)");
    out.println("Programs see org.atoll.posix; they are processes of the VOS.");
    return 0;
  }

  private int help(Options options) {
    boolean asked = options.program.isEmpty() && gate.arguments().size() > 1;
    (asked ? gate.standard().output() : gate.err()).print(Options.usage());
    return asked ? 0 : FAILED;
  }

  private int fail(String message) {
    gate.err().println(message);
    return FAILED;
  }

  private int refused(List<String> lines) {
    lines.forEach(line -> gate.err().println("java: " + line));
    return FAILED;
  }

  // ---- a source

  private int source(Options options) {
    String text;
    try {
      text = withoutFirstLine(new String(read(options.program), StandardCharsets.UTF_8));
    } catch (PosixException e) {
      return unreadable(options.program, e);
    }
    Compiled compiled = compile(options.program, text);
    gate.err().print(compiled.said());
    if (compiled.classes().isEmpty()) {
      boolean nothing = compiled.said().isEmpty();
      return fail(
          nothing ? "error: no class declared in source file" : "error: compilation failed");
    }
    List<String> wrong = ProgramClasses.check(compiled.classes());
    if (!wrong.isEmpty()) {
      return refused(wrong);
    }
    return start(compiled.classes()::get, compiled.main(), options.arguments, true);
  }

  private int unreadable(String path, PosixException e) {
    if (e.errno() != Errno.ENOENT) {
      return fail("error: error reading file " + path + ": " + Errno.strerror(e.errno()));
    }
    return path.endsWith(".java") ? notFound(path) : fail("error: source file not found: " + path);
  }

  private int notFound(String name) {
    return fail(
        "Error: Could not find or load main class "
            + name
            + "\nCaused by: java.lang.ClassNotFoundException: "
            + name);
  }

  /** A script's first line is not Java; its end stays, for the numbers of lines. */
  private static String withoutFirstLine(String text) {
    if (!text.startsWith("#!")) {
      return text;
    }
    int end = text.indexOf('\n');
    return end < 0 ? "" : text.substring(end);
  }

  /** The process waits, and others have the CPU. */
  private Compiled compile(String path, String text) {
    Job job = new Job();
    compiler.execute(() -> {
      job.run(path, text);
      wake.run();
    });
    Compiled result = job.result;
    while (result == null) {
      gate.process().call(AtollCall.HOST_WAIT);
      result = job.result;
    }
    return result;
  }

  /** Where the compiler leaves what it made. */
  private static final class Job {

    private volatile @Nullable Compiled result;

    void run(String path, String text) {
      try {
        result = ProgramCompiler.compile(path, text);
      } catch (RuntimeException | Error e) {
        result = new Compiled(Map.of(), "", "error: the compiler failed: " + e + "\n");
      }
    }
  }

  // ---- class files

  private int classFile(Options options, String main, String classPath) {
    ClassPath path = new ClassPath(classPath);
    return path.find(main) == null
        ? notFound(main)
        : start(path::find, main, options.arguments, false);
  }

  private int jar(Options options) {
    String main;
    try {
      main = ClassPath.mainClass(options.program);
    } catch (PosixException e) {
      return fail("Error: Unable to access jarfile " + options.program);
    }
    return main == null
        ? fail("no main manifest attribute, in " + options.program)
        : classFile(options, main, options.program);
  }

  /** All bytes of a file of the guest. */
  static byte[] read(String path) {
    int fd = Fcntl.open(path, Fcntl.O_RDONLY | Fcntl.O_CLOEXEC);
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int got = Unistd.read(fd, chunk); got > 0; got = Unistd.read(fd, chunk)) {
        all.write(chunk, 0, got);
      }
      return all.toByteArray();
    } finally {
      Unistd.close(fd);
    }
  }

  // ---- the program

  private int start(
      Function<String, byte @Nullable []> files,
      String main,
      List<String> arguments,
      boolean fromSource) {
    Class<?> type;
    MainMethod method;
    try {
      type = new ProgramClasses(files).loadClass(main);
      method = MainMethod.of(type);
    } catch (ClassNotFoundException e) {
      return notFound(main);
    } catch (Refused refused) {
      throw refused;
    } catch (LinkageError e) {
      return fail("Error: LinkageError occurred while loading main class " + main + "\n\t" + e);
    }
    if (method == null) {
      return fail(MainMethod.missing(main, fromSource));
    }
    int status = method.run(arguments.toArray(String[]::new), gate.err());
    gate.standard().output().flush();
    gate.err().flush();
    return status;
  }
}
