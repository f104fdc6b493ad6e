package org.atoll.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The log of this process: a failure or warning is one line on standard error, for the person; what
 * more there is to know, such as its stack, goes into a file under {@code $XDG_STATE_HOME/atoll},
 * for whoever is to repair it.
 */
final class FaultLog extends Handler {

  /** A file of that size is begun anew: the failures of today matter. */
  private static final long FILE_BYTES_MAX = 1 << 20;

  private final Path file;
  private final PrintStream shown;

  /** A log whose lines are shown on a stream. */
  FaultLog(Map<String, String> environment, PrintStream shown) {
    this.file = stateHome(environment).resolve("atoll/failures.log");
    this.shown = shown;
  }

  /** Takes the place of the JDK's handlers. */
  static void install(Map<String, String> environment) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new FaultLog(environment, System.err));
  }

  /** Where a user's state is (XDG Base Directory Specification). */
  private static Path stateHome(Map<String, String> environment) {
    String set = environment.getOrDefault("XDG_STATE_HOME", "");
    if (set.startsWith("/")) {
      return Path.of(set);
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return Path.of(home).resolve(".local/state");
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLevel().intValue() < Level.INFO.intValue()) {
      return;
    }
    Throwable cause = entry.getThrown();
    String line = "atoll: " + entry.getMessage();
    if (entry.getLevel().intValue() < Level.WARNING.intValue()) {
      kept(entry, cause);
    } else {
      shown.println(cause == null ? line : line + ": " + reason(cause) + kept(entry, cause));
    }
  }

  /** What a person is told of a failure: its message, or its kind when it has none. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    return switch (failure) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case FileAlreadyExistsException there -> there.getFile() + ": a file is in the way";
      default -> message == null || message.isBlank() ? failure.toString() : message;
    };
  }

  private String kept(LogRecord entry, @Nullable Throwable cause) {
    StringWriter text = new StringWriter();
    text.append(entry.getInstant() + " " + entry.getMessage() + "\n");
    if (cause != null) {
      cause.printStackTrace(new PrintWriter(text, true));
    }
    try {
      Files.createDirectories(file.getParent());
      boolean full = Files.exists(file) && Files.size(file) > FILE_BYTES_MAX;
      StandardOpenOption how =
          full ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND;
      Files.writeString(
          file,
          text.toString(),
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.WRITE,
          how);
      return " (stack in " + file + ")";
    } catch (IOException e) {
      return " (no stack: cannot write " + file + ")";
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
