package org.atoll.boot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.atoll.boot.hosts.Guest;
import org.atoll.boot.hosts.Membership;

/** The process of a node that an agent has started for a VOS of another machine. */
final class Lodger {

  /** The line of a process begins with it, and so does that of the agent. */
  private static final String ATOLL = "atoll: ";

  private static final long END_SECONDS = 5;

  private final Guest guest;
  private final String name;
  private final Consumer<String> log;
  private final Process process;
  private final OutputStream input;

  /**
   * Starts it.
   *
   * @param startNanos when the VOS started, by this machine's monotonic clock
   */
  Lodger(Guest guest, Membership membership, long startNanos, Consumer<String> log)
      throws IOException {
    this.guest = guest;
    this.log = log;
    name = "node " + membership.node() + " of " + guest;
    NodeProcess ready =
        new NodeProcess(membership, startNanos, List.of(guest.here()))
            .with(List.of("--with-input"))
            .with(membership.watching().options())
            .complaining();
    process = (membership.watching().isNothing() ? ready : ready.heard()).start();
    log.accept(name + " starts");
    // It stays open: its end tells the process that this one has ended.
    input = process.getOutputStream();
    handOver(membership);
  }

  private void handOver(Membership membership) {
    try {
      membership.key().writeTo(input);
      input.flush();
    } catch (IOException ended) {
      // A process that does not read has ended: whoever waits for it tells so.
    }
  }

  /** Waits for its end, which the VOS may ask for. */
  void await() throws IOException {
    Thread.ofVirtual().start(this::endWithVos);
    Thread teller = Thread.ofVirtual().start(() -> guest.tellSeen(process.getInputStream()));
    process.errorReader(StandardCharsets.UTF_8).lines().forEach(this::tell);
    int status = ended(teller);
    guest.tellEnded(status);
    log.accept(name + " ended with status " + status);
  }

  private void tell(String line) {
    log.accept(name + ": " + (line.startsWith(ATOLL) ? line.substring(ATOLL.length()) : line));
  }

  /** All that it has told is told before its end is, to a VOS that listens. */
  private int ended(Thread teller) throws IOException {
    try {
      int status = process.waitFor();
      var _ = teller.join(Duration.ofSeconds(END_SECONDS));
      return status;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IOException("interrupted", e);
    }
  }

  /** A node that its VOS has told to end has a moment for it; one that is cut off, its link's. */
  private void endWithVos() {
    if (guest.awaitEnd()) {
      endWithin(END_SECONDS);
    }
  }

  private void endWithin(long seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it now, and tells the VOS. */
  void end() {
    process.destroy();
    endWithin(END_SECONDS);
    guest.tellEnded(process.isAlive() ? LinuxVos.FAILED : process.exitValue());
  }
}
