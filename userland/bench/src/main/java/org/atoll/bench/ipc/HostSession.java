package org.atoll.bench.ipc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.atoll.bench.ipc.HostTalk.Said;
import org.atoll.bench.ipc.HostTalk.Word;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark of another machine that this one serves: starts the processes that it asks for, one
 * after the other, and ends them with the conversation. It may ask for these alone:
 *
 * <pre>
 *   node PINNING TRANSPORT SPINNERS VOS KEY      node 0 of a VOS, with the server that is measured
 *   program PINNING NAME NUMBER...               an echo in C
 * </pre>
 */
final class HostSession {

  private static final String NODE =
      "node (SAME_CORE|HOST) (tcp|tls) [01] -?[0-9]{1,19} [0-9a-f]{64}";

  private static final String PROGRAM =
      "program (SAME_CORE|HOST) (tcp_echo|tcp_pipelined|tcp_oneway)( [0-9]{1,9}){2,3}";

  private static final long END_SECONDS = 5;

  /** A process that is asked for, whose end is that of its input. */
  private static final class Started {
    private final Process process;
    private volatile boolean stopped;

    private Started(Process process) {
      this.process = process;
    }

    /** Ends it, if it has not ended. */
    private void stop() throws IOException {
      stopped = true;
      process.getOutputStream().close();
      try {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }

  private final HostTalk talk;
  private final Consumer<String> log;
  private @Nullable Started running;

  /**
   * @param log takes lines for the person
   */
  HostSession(HostTalk talk, Consumer<String> log) {
    this.talk = talk;
    this.log = log;
  }

  /** Does what is asked until the conversation ends. */
  void serve() {
    try {
      while (true) {
        Said said = talk.hear();
        switch (said.word()) {
          case START -> start(said.text());
          case STOP -> stop();
          default -> throw new IOException("it said " + said.word());
        }
      }
    } catch (IOException gone) {
      log.accept("the benchmark of " + talk.there().getHostAddress() + " is over");
    } finally {
      end();
    }
  }

  private void end() {
    try {
      stop();
    } catch (IOException ended) {
      // It has no input any more.
    }
  }

  private void stop() throws IOException {
    Started last = running;
    if (last != null) {
      last.stop();
    }
  }

  private void start(String asked) throws IOException {
    Started last = running;
    if (last != null && last.process.isAlive()) {
      talk.say(Word.CANNOT, "another process runs there");
      return;
    }
    try {
      List<String> words = List.of(asked.split(" "));
      Started fresh;
      if (asked.matches(NODE)) {
        fresh = new Started(new ProcessBuilder(node(words)).redirectError(inherited()).start());
        hand(fresh.process, HexFormat.of().parseHex(words.get(5)));
      } else if (asked.matches(PROGRAM)) {
        fresh = new Started(new ProcessBuilder(program(words)).redirectError(inherited()).start());
      } else {
        talk.say(Word.CANNOT, "it does not start such things");
        return;
      }
      running = fresh;
      log.accept("runs " + words.get(0) + " " + words.get(2));
      Thread.ofVirtual().start(() -> watch(fresh));
    } catch (IOException failed) {
      talk.say(Word.CANNOT, String.valueOf(failed.getMessage()));
    }
  }

  private static ProcessBuilder.Redirect inherited() {
    return ProcessBuilder.Redirect.INHERIT;
  }

  private List<String> node(List<String> words) throws IOException {
    Pinning pinning = Pinning.valueOf(words.get(1));
    String here = talk.here().getHostAddress();
    List<String> arguments = List.of(here, words.get(2), words.get(3), words.get(4));
    return pinning.java(List.of(), HostNode.class, arguments);
  }

  private List<String> program(List<String> words) throws IOException {
    List<String> command = new ArrayList<>(Pinning.valueOf(words.get(1)).prefix());
    command.add(PeerTrial.program(words.get(2)).toString());
    command.addAll(List.of("serve", talk.here().getHostAddress(), talk.there().getHostAddress()));
    command.addAll(words.subList(3, words.size()));
    return command;
  }

  private static void hand(Process process, byte[] key) {
    try {
      OutputStream input = process.getOutputStream();
      input.write(key);
      input.flush();
    } catch (IOException ended) {
      // A process that does not read has ended: whoever waits for it tells so.
    }
  }

  /** Tells where it can be connected to, and its end. */
  private void watch(Started started) {
    try (BufferedReader says = started.process.inputReader()) {
      String at = says.readLine();
      if (at != null) {
        talk.say(Word.AT, at);
      }
      says.lines().forEach(log);
      int status = started.process.waitFor();
      boolean wanted = started.stopped || status == 0;
      String reason = wanted ? "" : "its process ended with status " + status;
      talk.say(at == null ? Word.CANNOT : Word.ENDED, reason);
    } catch (IOException gone) {
      // Then nobody wants to know.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
