package org.atoll.boot;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.atoll.kernel.TextTracer;
import org.atoll.kernel.Tracer;
import org.jspecify.annotations.Nullable;

/** Where the trace of messages goes: nowhere, to standard error, or into a file. */
public final class TraceOutput implements Closeable {

  /** No trace. */
  public static final TraceOutput NONE = new TraceOutput(null);

  private final @Nullable PrintStream stream;

  private TraceOutput(@Nullable PrintStream stream) {
    this.stream = stream;
  }

  /** To standard error. */
  public static TraceOutput stderr() {
    return new TraceOutput(System.err);
  }

  /** Into a file, which is made or emptied. */
  public static TraceOutput file(Path path) throws IOException {
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
    return new TraceOutput(new PrintStream(out, false, StandardCharsets.UTF_8));
  }

  /** Whether messages are traced at all. */
  boolean wanted() {
    return stream != null;
  }

  /** A tracer for one node whose lines go here. */
  Tracer tracer() {
    return wanted() ? new TextTracer(this::line, Set.of()) : Tracer.NONE;
  }

  /** Appends a line; any thread. */
  void line(String line) {
    PrintStream out = stream;
    if (out != null) {
      out.println(line);
    }
  }

  @Override
  public void close() {
    PrintStream out = stream;
    if (out != null) {
      out.flush();
      if (out != System.err) {
        out.close();
      }
    }
  }
}
