package org.atoll.bench.ipc;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.atoll.kernel.Tracer;

/** The kernel's classes, compiled from its sources as they are or changed. */
final class KernelBuild {

  private static final String SOURCES = "kernel/core/src/main/java";

  /** What each place asks that would show something to a tracer. */
  private static final String ASKS = "if (node.traced)";

  private static final String TRACER = Tracer.class.getName().replace('.', '/');

  /** What of a tracer is called once, when its node is made. */
  private static final List<String> ONCE = List.of("attach", "time");

  private final Path classes;

  private KernelBuild(Path classes) {
    this.classes = classes;
  }

  /** As it is. */
  static KernelBuild asItIs(Path root, Path folder) throws IOException {
    return compiled(root, folder, source -> source);
  }

  /** With nothing left in it that would show a message to a tracer. */
  static KernelBuild untraced(Path root, Path folder) throws IOException {
    KernelBuild made = compiled(root, folder, source -> source.replace(ASKS, "if (false)"));
    made.checkUntraced();
    return made;
  }

  /** The flags of a JVM that runs it in place of the one in its class path. */
  List<String> flags() {
    String others = System.getProperty("java.class.path");
    return List.of(ForkedTrial.CLASS_PATH, classes + File.pathSeparator + others);
  }

  private static KernelBuild compiled(Path root, Path folder, UnaryOperator<String> change)
      throws IOException {
    Path changed = folder.resolve("src");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-g"));
    arguments.addAll(List.of("-XDignore.symbol.file", "-implicit:none"));
    arguments.addAll(List.of("-d", classes.toString()));
    arguments.addAll(List.of(ForkedTrial.CLASS_PATH, System.getProperty("java.class.path")));
    Path sources = root.resolve(SOURCES);
    for (Path source : files(sources, ".java")) {
      Path copy = changed.resolve(sources.relativize(source));
      Files.createDirectories(copy.getParent());
      Files.writeString(copy, change.apply(Files.readString(source)));
      arguments.add(copy.toString());
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
      throw new IOException("the kernel does not compile in " + folder);
    }
    return new KernelBuild(classes);
  }

  private static List<Path> files(Path folder, String end) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(each -> each.toString().endsWith(end)).sorted().toList();
    }
  }

  /** Fails when something calls a tracer for a message. The node shows it hypercalls, too. */
  private void checkUntraced() throws IOException {
    for (Path file : files(classes, ".class")) {
      for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
        if (entry instanceof InterfaceMethodRefEntry called
            && called.owner().asInternalName().equals(TRACER)
            && !ONCE.contains(called.name().stringValue())
            && !called.name().equalsString("hypercall")) {
          throw new IOException(file.getFileName() + " still calls " + called.name());
        }
      }
    }
  }
}
