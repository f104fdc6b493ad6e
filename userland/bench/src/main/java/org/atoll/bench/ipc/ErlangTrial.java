package org.atoll.bench.ipc;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.atoll.bench.AtollCommand;
import org.atoll.bench.Folders;
import org.jspecify.annotations.Nullable;

/** Rounds of a program in Erlang: calls between two processes of a node, or of two nodes. */
final class ErlangTrial implements Trial {

  private static final String SOURCE = "echo.erl";

  /** The port of epmd, for it and for nodes. */
  private static final String NAMES = "ERL_EPMD_PORT";

  /** So many are written to the working folder when a node fails. */
  private static final String CRASH_DUMP_BYTES = "ERL_CRASH_DUMP_BYTES";

  private static final long NANOS = 1_500_000_000;

  private final String what;
  private final int samples;
  private final Pinning pinning;

  /**
   * @param what as the program names it: local or node
   * @param samples that count; a fifth as many warm up
   */
  ErlangTrial(String what, int samples, Pinning pinning) {
    this.what = what;
    this.samples = samples;
    this.pinning = pinning;
  }

  @Override
  public @Nullable String missing() {
    return AtollCommand.isOnPath("erl") && AtollCommand.isOnPath("erlc")
        ? null
        : "no Erlang on this machine: apt-get install -y erlang-base";
  }

  @Override
  public long nanos() {
    return NANOS;
  }

  @Override
  public boolean slow() {
    return true;
  }

  @Override
  public Burst round() throws IOException, InterruptedException {
    Path folder = Folders.make();
    // Where it is no one's home, Erlang has nowhere to keep the cookie of its nodes.
    Map<String, String> environment =
        Map.of(
            NAMES, Integer.toString(freePort()), "HOME", folder.toString(), CRASH_DUMP_BYTES, "0");
    Process names = names(environment);
    try {
      compile(unpack(folder), folder);
      double[] printed = Numbers.printedBy(command(folder), environment);
      if (printed.length != samples) {
        throw new IOException(printed.length + " of " + samples + " calls were answered");
      }
      return new Burst(printed, Double.NaN, Double.NaN);
    } finally {
      names.destroy();
      Folders.delete(folder);
    }
  }

  private List<String> command(Path folder) throws IOException {
    List<String> command = new ArrayList<>(pinning.prefix());
    command.addAll(List.of("erl", "-noshell", "-pa", folder.toString(), "-run", "echo", "main"));
    command.addAll(List.of(what, Integer.toString(samples), Integer.toString(samples / 5)));
    return command;
  }

  /** Where nodes find each other: one of our own, that ends when they do. */
  private static Process names(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("epmd", "-address", "127.0.0.1")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void compile(Path source, Path folder) throws IOException, InterruptedException {
    List<String> compiler = List.of("erlc", "-o", folder.toString(), source.toString());
    if (new ProcessBuilder(compiler).inheritIO().start().waitFor() != 0) {
      throw new IOException("erlc does not compile " + source);
    }
  }

  private static Path unpack(Path folder) throws IOException {
    Path source = folder.resolve(SOURCE);
    try (var in = ErlangTrial.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new IOException(SOURCE + " is not in the jar");
      }
      Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
    }
    return source;
  }
}
