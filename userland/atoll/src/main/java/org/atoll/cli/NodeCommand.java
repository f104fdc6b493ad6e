package org.atoll.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.atoll.boot.Agent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atoll node}: what this machine gives to VOSes of others. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description = "Gives this machine's share to VOSes that others start.",
    footer = {
      "",
      "Examples:",
      "  atoll node key k                                    makes the key: copy it by hand",
      "  atoll node start --listen 10.0.0.2:7010 --key k     here",
      "  atoll run --join 10.0.0.2:7010 --key k -- onnode 1 vps    on another machine"
    })
final class NodeCommand {

  private static final int MEBIBYTE_BITS = 20;

  @Command(
      name = "key",
      mixinStandardHelpOptions = true,
      description = "Makes a key that machines prove to each other; it never goes over a network.")
  int key(
      @Parameters(paramLabel = "FILE", description = "A new file, which its owner alone may read.")
          Path file)
      throws IOException {
    Agent.makeKey(file);
    return 0;
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = {
        "Waits for VOSes that know the key, and gives them a node: one VOS at a time, until it is"
            + " interrupted.",
        "Connections are encrypted (TLS 1.3); who does not know the key is closed, with one line."
      })
  int start(
      @Option(
              names = "--listen",
              required = true,
              paramLabel = "ADDR:PORT",
              description = "Where it waits; 0.0.0.0 or :: for all addresses.")
          String listen,
      @Option(
              names = "--key",
              required = true,
              paramLabel = "FILE",
              description = "The key ('atoll node key FILE' makes it).")
          Path key,
      @Option(
              names = "--memory",
              paramLabel = "MIB",
              description = "Guest memory of a node in MiB (default: as the VOS has it).",
              defaultValue = "0")
          int memoryMebibytes)
      throws IOException {
    if (memoryMebibytes != 0) {
      VosOptions.checkMemory(memoryMebibytes);
    }
    InetSocketAddress address = HostAddress.parse("--listen", listen, -1);
    long bytes = (long) memoryMebibytes << MEBIBYTE_BITS;
    try (Agent agent = new Agent(address, key, bytes, NodeCommand::tell)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(agent), "signalled-end"));
      tell("waiting for VOSes on " + HostAddress.text(agent.address()));
      agent.serve();
      awaitTheEnd();
    }
    return 0;
  }

  /** The JVM ends with the signal's status; this thread must not be quicker with another one. */
  private static void awaitTheEnd() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Agent agent) {
    try {
      agent.close();
    } catch (IOException failed) {
      tell(FaultLog.reason(failed));
    }
  }

  private static void tell(String line) {
    System.err.println("atoll: " + line);
  }
}
