package org.atoll.bench.ipc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import org.atoll.bench.ipc.HostTalk.Word;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.tls.Introduction.Purpose;
import org.atoll.drivers.link.tls.OwnCertificate;
import org.atoll.drivers.link.tls.ProvenSocket;
import org.atoll.drivers.link.tls.StrangerLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code atoll bench serve}: the other machine of {@code atoll bench ipc --hosts}. */
@Command(
    name = "atoll bench serve",
    mixinStandardHelpOptions = true,
    description = {
      "Is the other machine of 'atoll bench ipc --hosts A,B', until it is interrupted: starts",
      "servers and echoes for one benchmark at a time, of who knows the key.",
      "The conversation is encrypted (TLS 1.3). What is measured is not, but for the row of TLS: a",
      "server that does nothing and echoes in C listen on ports of the host's choice, each as long",
      "as its row is measured."
    },
    footer = {
      "",
      "Examples:",
      "  atoll node key k                                     makes the key: copy it by hand",
      "  atoll bench serve --listen 10.0.0.2 --key k          here",
      "  atoll bench ipc --hosts 10.0.0.1,10.0.0.2 --key k    on the other machine, 10.0.0.1"
    })
public final class ServeBenchmarks implements Callable<Integer> {

  /** Connections at once, of strangers and others. */
  private static final int CONNECTIONS_MAX = 16;

  @Option(
      names = "--listen",
      required = true,
      paramLabel = "HOST[:PORT]",
      description = "Where it waits (default port: " + HostAddress.PORT + ").")
  private String listen = "";

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The key ('atoll node key FILE' makes it).")
  private Path keyFile = Path.of("");

  private final StrangerLog strangers = new StrangerLog(ServeBenchmarks::tell);
  private final OwnCertificate own = OwnCertificate.create();
  private final SSLContext context = own.context();
  private final Semaphore connections = new Semaphore(CONNECTIONS_MAX);
  private final Semaphore place = new Semaphore(1);

  /** Runs the command and ends with its status. */
  public static void main(String[] arguments) {
    Commands.run(new ServeBenchmarks(), arguments);
  }

  private static void tell(String line) {
    System.err.println("bench: " + line);
  }

  @Override
  public Integer call() throws IOException {
    LinkKey key = HostOptions.read(keyFile);
    InetSocketAddress address = HostAddress.parse("--listen", listen);
    try (ServerSocket door = new ServerSocket()) {
      bind(door, address);
      tell("waiting for benchmarks on " + listen);
      while (true) {
        take(door.accept(), key);
      }
    }
  }

  private void bind(ServerSocket door, InetSocketAddress address) throws IOException {
    try {
      door.bind(address);
    } catch (IOException refused) {
      throw new IOException("--listen " + listen + ": " + refused.getMessage(), refused);
    }
  }

  private void take(Socket visitor, LinkKey key) throws IOException {
    if (connections.tryAcquire()) {
      Thread.ofVirtual().start(() -> visited(visitor, key));
    } else {
      strangers.sentAway(visitor, "too many connections at once");
      visitor.close();
    }
  }

  private void visited(Socket visitor, LinkKey key) {
    try (visitor;
        HostTalk talk =
            new HostTalk(ProvenSocket.accept(visitor, Purpose.BENCH, key, own, context))) {
      serve(talk);
    } catch (IOException | RuntimeException stranger) {
      strangers.sentAway(visitor, String.valueOf(stranger.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.release();
    }
  }

  private void serve(HostTalk talk) throws IOException, InterruptedException {
    if (!place.tryAcquire()) {
      talk.say(Word.BUSY, "it serves another benchmark");
      return;
    }
    try {
      HostFacts here = HostFacts.here(Path.of(System.getProperty("atoll.root", ".")));
      talk.say(Word.HERE, here.values().toString());
      tell("serves a benchmark of " + talk.there().getHostAddress());
      new HostSession(talk, ServeBenchmarks::tell).serve();
    } finally {
      place.release();
    }
  }
}
