package org.atoll.boot;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.atoll.kernel.TextTracer;
import org.atoll.kernel.Tracer;
import org.jspecify.annotations.Nullable;

/**
 * Where the trace of messages goes: nowhere, to standard error, or into a file.
 *
 * <p>The nodes of a VOS append to one file, a line at a time, so that whatever ends them, all that
 * they traced is there; node 0 then puts the lines into the order of their times.
 */
public final class TraceOutput implements Observer {

  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream stream;
  private final @Nullable Path file;
  private final boolean sorts;
  private final Set<TextTracer.Part> parts;
  private final TraceFilter filter;

  /** Why nothing is written any more. Guarded by this. */
  private @Nullable IOException failure;

  private TraceOutput(
      OutputStream stream,
      @Nullable Path file,
      boolean sorts,
      Set<TextTracer.Part> parts,
      TraceFilter filter) {
    this.stream = stream;
    this.file = file;
    this.sorts = sorts;
    this.parts = parts;
    this.filter = filter;
  }

  /** The same place for a trace of some messages that shows this besides them. */
  public TraceOutput with(Set<TextTracer.Part> besides, TraceFilter shown) {
    return new TraceOutput(stream, file, sorts, besides, shown);
  }

  /** To standard error. */
  public static TraceOutput stderr() {
    return new TraceOutput(System.err, null, false, Set.of(), TraceFilter.ALL);
  }

  /** To standard output, which node 0 hears. */
  public static TraceOutput told() {
    return new TraceOutput(System.out, null, false, Set.of(), TraceFilter.ALL);
  }

  /** Into a file of this process alone, which is made or emptied. */
  public static TraceOutput file(Path path) throws IOException {
    return new TraceOutput(
        new BufferedOutputStream(Files.newOutputStream(path), BUFFER_BYTES),
        path,
        false,
        Set.of(),
        TraceFilter.ALL);
  }

  /** Into a file, which is made or emptied, to which the other nodes will append too. */
  public static TraceOutput shared(Path path) throws IOException {
    Files.newOutputStream(path).close();
    return new TraceOutput(appending(path), path.toAbsolutePath(), true, Set.of(), TraceFilter.ALL);
  }

  /** To the end of the file that node 0 has made. */
  public static TraceOutput appendedTo(Path path) throws IOException {
    return new TraceOutput(appending(path), path, false, Set.of(), TraceFilter.ALL);
  }

  private static OutputStream appending(Path path) throws IOException {
    return Files.newOutputStream(path, StandardOpenOption.APPEND);
  }

  @Override
  public Looking looking() {
    Tracer text = new TextTracer(this::line, parts);
    if (filter.all()) {
      return Looking.at(text);
    }
    TaskNames names = new TaskNames();
    return new Looking(new FilteredTracer(text, filter, names), names);
  }

  @Override
  public void booted(List<String> tasks) throws IOException {
    filter.checkServers(tasks);
  }

  @Override
  public List<String> options() {
    return options(file == null ? List.of("--trace") : List.of("--trace-file", file.toString()));
  }

  @Override
  public List<String> toldOptions() {
    return options(List.of("--tell-trace"));
  }

  @Override
  public void heard(String line) {
    line(line);
  }

  private List<String> options(List<String> where) {
    List<String> options = new ArrayList<>(where);
    options.addAll(filter.options());
    if (parts.contains(TextTracer.Part.HYPERCALLS)) {
      options.add("--hypercalls");
    }
    return options;
  }

  /** Appends a line; any thread. The first failure ends the trace, and {@link #close} tells. */
  synchronized void line(String line) {
    if (failure == null) {
      try {
        stream.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    Path path = file;
    if (path == null) {
      return;
    }
    try (stream) {
      if (failure != null) {
        throw failure;
      }
    } catch (IOException e) {
      throw new IOException("trace " + path + ": " + e.getMessage(), e);
    }
    if (sorts && Files.isRegularFile(path)) {
      TraceOrder.sort(path);
    }
  }
}
