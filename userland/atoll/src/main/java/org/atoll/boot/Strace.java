package org.atoll.boot;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atoll.libposix.Sight;
import org.jspecify.annotations.Nullable;

/**
 * Node 0's observer of system calls: what happens on all nodes becomes strace's lines, in the order
 * of its times.
 */
public final class Strace implements Observer {

  private final StraceOptions options;
  private final OutputStream out;
  private final @Nullable Path file;
  private final StraceCounts counts = new StraceCounts();
  private final StraceLines lines;
  private final SightOrder order;

  /** Why nothing is written any more. Guarded by this. */
  private @Nullable IOException failure;

  private Strace(StraceOptions options, OutputStream out, @Nullable Path file, int nodes) {
    this.options = options;
    this.out = out;
    this.file = file;
    this.lines = new StraceLines(options, this::write, counts);
    this.order = SightOrder.of(nodes, this::add);
  }

  /** To standard error. */
  public static Strace stderr(StraceOptions options, int nodes) {
    OutputStream err = new BufferedOutputStream(new FileOutputStream(FileDescriptor.err));
    return new Strace(options, err, null, nodes);
  }

  /** Into a file, which is made or emptied. */
  public static Strace file(StraceOptions options, Path path, int nodes) throws IOException {
    return new Strace(options, new BufferedOutputStream(Files.newOutputStream(path)), path, nodes);
  }

  @Override
  public Looking looking() {
    return Looking.at(new CallWatcher(options.calls(), options.stringBytes(), order::add));
  }

  @Override
  public List<String> options() {
    return List.of(
        "--watch-calls",
        String.join(",", options.calls()),
        "--watch-bytes",
        String.valueOf(options.stringBytes()));
  }

  @Override
  public boolean listens() {
    return true;
  }

  @Override
  public void heard(String line) {
    order.add(Sight.decode(line));
  }

  private void add(Sight sight) {
    lines.add(sight);
    if (file == null) {
      flush();
    }
  }

  /** What is on its way to a person is shown at once. */
  private void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      failure = e;
    }
  }

  private void write(String text) {
    try {
      if (failure == null) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public void close() throws IOException {
    order.close();
    lines.end();
    if (options.counting() != StraceOptions.Counting.NO) {
      write(counts.table());
    }
    try {
      if (failure != null) {
        throw failure;
      }
      if (file == null) {
        out.flush();
      } else {
        out.close();
      }
    } catch (IOException e) {
      throw new IOException("strace " + file + ": " + e.getMessage(), e);
    }
  }
}
