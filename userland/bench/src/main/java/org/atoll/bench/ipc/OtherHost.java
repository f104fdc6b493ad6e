package org.atoll.bench.ipc;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.atoll.bench.ipc.HostTalk.Said;
import org.atoll.bench.ipc.HostTalk.Word;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.tls.Deadline;
import org.atoll.drivers.link.tls.Introduction.Purpose;
import org.atoll.drivers.link.tls.OwnCertificate;
import org.atoll.drivers.link.tls.ProvenSocket;
import org.jspecify.annotations.Nullable;

/**
 * The other machine of a benchmark, where {@code atoll bench serve} runs, as the one that measures
 * sees it. One process at a time runs there for it.
 */
final class OtherHost implements AutoCloseable {

  /** Time for it to look at itself. */
  private static final Duration HERE = Duration.ofSeconds(20);

  private final String name;
  private final HostTalk talk;
  private final HostFacts facts;
  private final AtomicReference<@Nullable HostProcess> running = new AtomicReference<>();

  /** Why nothing can be asked any more. */
  private volatile @Nullable String lost;

  private OtherHost(String name, HostTalk talk, HostFacts facts) {
    this.name = name;
    this.talk = talk;
    this.facts = facts;
  }

  /**
   * Connects to it.
   *
   * @param self what this machine is: the other one must be the same Atoll, and another machine
   * @throws IOException with one line that says what is wrong, and what helps
   */
  static OtherHost open(InetSocketAddress address, LinkKey key, HostFacts self) throws IOException {
    String host = address.getHostString();
    String name = (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    try {
      HostTalk talk =
          new HostTalk(ProvenSocket.join(address, Purpose.BENCH, key, OwnCertificate.create()));
      Deadline deadline = talk.within(HERE);
      try (deadline) {
        HostFacts facts = facts(talk.hear());
        facts.check(self);
        OtherHost other = new OtherHost(name, talk, facts);
        Thread.ofVirtual().start(other::listen);
        return other;
      } catch (IOException refused) {
        talk.close();
        throw deadline.missed() ? new IOException("it did not answer in time", refused) : refused;
      }
    } catch (IOException reason) {
      throw new IOException(name + ": " + words(name, reason), reason);
    }
  }

  private static HostFacts facts(Said said) throws IOException {
    if (said.word() != Word.HERE) {
      throw new IOException(said.text());
    }
    try {
      JsonObject read = JsonParser.parseString(said.text()).getAsJsonObject();
      return new HostFacts(read);
    } catch (JsonParseException | IllegalStateException malformed) {
      throw new IOException("it does not say what machine it is", malformed);
    }
  }

  private static String words(String name, IOException reason) {
    return switch (reason) {
      case SSLException _ -> "what answers there is no atoll bench serve";
      case EOFException _ -> "it does not accept the key, or is no atoll bench serve; it says more";
      case SocketException _ ->
          "cannot connect: " + reason.getMessage() + "; start it there: " + command(name);
      default -> String.valueOf(reason.getMessage());
    };
  }

  private static String command(String name) {
    return "atoll bench serve --listen " + name + " --key FILE";
  }

  /** What a person calls it. */
  String name() {
    return name;
  }

  HostFacts facts() {
    return facts;
  }

  /** By which address it reaches this machine. */
  String here() {
    return talk.here().getHostAddress();
  }

  /** By which address this machine reaches it. */
  String there() {
    return talk.there().getHostAddress();
  }

  /**
   * Has it start a process, and waits until that can be connected to.
   *
   * @param words as {@link HostSession} takes them
   */
  HostProcess start(List<String> words) throws IOException {
    HostProcess fresh = new HostProcess(this);
    running.set(fresh);
    say(Word.START, String.join(" ", words));
    fresh.awaitPlace();
    return fresh;
  }

  /** Says a word, if it still listens. */
  void say(Word word, String text) throws IOException {
    String gone = lost;
    if (gone != null) {
      throw new IOException(gone);
    }
    try {
      talk.say(word, text);
    } catch (IOException ended) {
      throw new IOException(lose(), ended);
    }
  }

  /** Nothing can be asked any more: why. */
  private String lose() {
    String reason = name + ": it has ended, or cannot be reached; start it again: " + command(name);
    lost = reason;
    return reason;
  }

  /** It does not do what it was asked. */
  IOException silent() throws IOException {
    talk.close();
    return new IOException(lose());
  }

  private void listen() {
    try {
      while (true) {
        Said said = talk.hear();
        HostProcess process = running.get();
        if (process != null) {
          process.told(said);
        }
      }
    } catch (IOException gone) {
      String reason = lose();
      HostProcess process = running.get();
      if (process != null) {
        process.lost(reason);
      }
    }
  }

  @Override
  public void close() throws IOException {
    talk.close();
  }
}
