package org.atoll.loader.program;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.atoll.posix.gate.Gate;

/** Compiles one source of a guest, in memory, against {@code org.atoll.posix} and java.base. */
final class ProgramCompiler {

  private ProgramCompiler() {}

  /**
   * Compiles.
   *
   * @param path as the messages show it
   */
  static Compiled compile(String path, String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      return new Compiled(Map.of(), "", "error: no compiler in this Java: a JDK is needed\n");
    }
    StringWriter said = new StringWriter();
    Written written =
        new Written(compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8));
    First first = new First();
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                said,
                written,
                null,
                List.of(
                    "-proc:none",
                    "-g",
                    "-Xdiags:verbose",
                    "-Xlint:deprecation",
                    "-Xlint:unchecked",
                    "--limit-modules",
                    "java.base",
                    "-classpath",
                    place()),
                null,
                List.of(new Source(path, source)));
    task.setTaskListener(first);
    boolean done = task.call();
    return new Compiled(done ? written.classes() : Map.of(), first.name, said.toString());
  }

  private static String place() {
    try {
      return Path.of(Gate.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no place of " + Gate.class, e);
    }
  }

  /** Sees which class comes first. */
  private static final class First implements TaskListener {

    private String name = "";

    @Override
    public void finished(TaskEvent event) {
      CompilationUnitTree unit = event.getCompilationUnit();
      if (event.getKind() != TaskEvent.Kind.ENTER || unit == null || !name.isEmpty()) {
        return;
      }
      for (Tree tree : unit.getTypeDecls()) {
        if (tree instanceof ClassTree type && name.isEmpty()) {
          Tree place = unit.getPackageName();
          name = (place == null ? "" : place + ".") + type.getSimpleName();
        }
      }
    }
  }

  /** A source in memory. */
  private static final class Source extends SimpleJavaFileObject {

    private final String path;
    private final String text;

    Source(String path, String text) {
      super(uri(path), Kind.SOURCE);
      this.path = path;
      this.text = text;
    }

    private static URI uri(String path) {
      try {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return new URI("memory", null, "/" + file, null);
      } catch (URISyntaxException e) {
        throw new IllegalArgumentException(path, e);
      }
    }

    @Override
    public String getName() {
      return path;
    }

    /** A public class may have any name. */
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return true;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Writes class files into memory. */
  private static final class Written extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, ByteArrayOutputStream> files = new LinkedHashMap<>();

    Written(JavaFileManager below) {
      super(below);
    }

    Map<String, byte[]> classes() {
      Map<String, byte[]> classes = new LinkedHashMap<>();
      files.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      URI place = URI.create("memory:///" + name.replace('.', '/') + kind.extension);
      return new SimpleJavaFileObject(place, kind) {
        @Override
        public OutputStream openOutputStream() throws IOException {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          files.put(name, bytes);
          return bytes;
        }
      };
    }
  }
}
