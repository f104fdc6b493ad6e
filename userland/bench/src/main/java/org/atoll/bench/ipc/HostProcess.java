package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.atoll.bench.ipc.HostTalk.Said;
import org.atoll.bench.ipc.HostTalk.Word;

/** A process that the other machine has started for a row: it is stopped with that. */
final class HostProcess implements AutoCloseable {

  /** Time for a JVM to start there. */
  private static final long START_SECONDS = 60;

  /** Time for it to end. */
  private static final long END_SECONDS = 15;

  private final OtherHost host;
  private final CompletableFuture<String> place = new CompletableFuture<>();

  /** Why it has ended; empty when somebody wanted it to. */
  private final CompletableFuture<String> over = new CompletableFuture<>();

  /** The same, when nobody wanted it to. */
  private final CompletableFuture<String> failed = new CompletableFuture<>();

  HostProcess(OtherHost host) {
    this.host = host;
  }

  /** The other machine said something of it. */
  void told(Said said) {
    switch (said.word()) {
      case AT -> place.complete(said.text());
      case CANNOT -> ends(host.name() + ": " + said.text());
      default -> ends(said.text().isEmpty() ? "" : host.name() + ": " + said.text());
    }
  }

  /** The other machine is gone. */
  void lost(String reason) {
    ends(reason);
  }

  private void ends(String reason) {
    over.complete(reason);
    place.completeExceptionally(new IOException(reason));
    if (!reason.isEmpty()) {
      failed.complete(reason);
    }
  }

  /** Waits until it can be connected to. */
  void awaitPlace() throws IOException {
    var _ = within(place, START_SECONDS);
  }

  /** Where it can be connected to. */
  String at() {
    return place.join();
  }

  /**
   * Runs a command of this machine beside it, which ends with it; the numbers that it prints.
   *
   * @throws IOException when either has failed, with what is known of both
   */
  double[] printedBy(List<String> command) throws IOException, InterruptedException {
    try {
      return Numbers.printedBy(command, Map.of(), failed);
    } catch (IOException here) {
      close();
      String there = over.getNow("");
      throw there.isEmpty() ? here : new IOException(there, here);
    }
  }

  private <T> T within(CompletableFuture<T> what, long seconds) throws IOException {
    try {
      return what.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException said) {
      throw new IOException(Objects.requireNonNull(said.getCause()).getMessage(), said);
    } catch (TimeoutException late) {
      throw host.silent();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", ended);
    }
  }

  /** Stops it, if it has not ended. */
  @Override
  public void close() throws IOException {
    if (!over.isDone()) {
      host.say(Word.STOP, "");
      var _ = within(over, END_SECONDS);
    }
  }
}
