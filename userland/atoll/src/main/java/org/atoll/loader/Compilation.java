package org.atoll.loader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.atoll.abi.Handler;
import org.atoll.libsys.Server;

/**
 * Compiles one source against the abi and libsys, and nothing else, into class files that are kept
 * in memory.
 */
final class Compilation {

  private Compilation() {}

  /** Class files by class name ({@code a.b.C$D}). What javac says when it fails is the reason. */
  static Map<String, byte[]> of(Path source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new ServiceRefused("no compiler in this Java: a JDK is needed to load " + source);
    }
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      Kept kept = new Kept(files);
      boolean done =
          compiler
              .getTask(
                  said,
                  kept,
                  null,
                  List.of("-proc:none", "-g", "-nowarn", "-classpath", classPath()),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      if (!done) {
        throw new ServiceRefused(source + " does not compile:\n" + said.toString().stripTrailing());
      }
      return kept.classes();
    }
  }

  private static String classPath() {
    return place(Handler.class) + ":" + place(Server.class);
  }

  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no place of " + type, e);
    }
  }

  /** Writes class files into memory. */
  private static final class Kept extends ForwardingJavaFileManager<JavaFileManager> {

    private final Map<String, ByteArrayOutputStream> written = new TreeMap<>();

    Kept(JavaFileManager below) {
      super(below);
    }

    Map<String, byte[]> classes() {
      Map<String, byte[]> classes = new TreeMap<>();
      written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
      return classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      URI place = URI.create("memory:///" + name.replace('.', '/') + kind.extension);
      return new SimpleJavaFileObject(place, kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          written.put(name, bytes);
          return bytes;
        }
      };
    }
  }
}
