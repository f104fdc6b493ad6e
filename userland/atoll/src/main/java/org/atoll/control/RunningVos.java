package org.atoll.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A VOS of this user that runs in another process, as {@code atoll service} sees it. */
public final class RunningVos {

  private final ControlFolder folder;
  private final long pid;

  private RunningVos(ControlFolder folder, long pid) {
    this.folder = folder;
    this.pid = pid;
  }

  /**
   * The VOS of a process, or the only one that runs.
   *
   * @throws IOException with a line for the person when there is none, or more than one
   */
  public static RunningVos find(Map<String, String> environment, @Nullable Long pid)
      throws IOException {
    ControlFolder folder = ControlFolder.of(environment);
    List<Long> running = folder.running();
    if (pid != null) {
      if (!running.contains(pid)) {
        throw new IOException("no VOS of yours runs in process " + pid);
      }
      return new RunningVos(folder, pid);
    }
    if (running.isEmpty()) {
      throw new IOException("no VOS of yours runs (start one with 'atoll run')");
    }
    if (running.size() > 1) {
      String all = running.stream().map(String::valueOf).collect(Collectors.joining(", "));
      throw new IOException("several VOSes run: say which with --vos PID (" + all + ")");
    }
    return new RunningVos(folder, running.getFirst());
  }

  /**
   * Asks it something; prints what it says.
   *
   * @return the exit status
   */
  public int ask(List<String> words) throws IOException {
    Exchange.Answer answer = exchange(words);
    if (answer.status() == 0) {
      System.out.print(answer.text());
    } else {
      System.err.print("atoll: " + answer.text());
    }
    return answer.status();
  }

  private Exchange.Answer exchange(List<String> words) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(folder.socket(pid)));
      DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
      Exchange.writeRequest(out, words);
      return Exchange.readAnswer(new DataInputStream(Channels.newInputStream(channel)));
    } catch (EOFException ended) {
      return new Exchange.Answer(1, "the VOS of process " + pid + " has ended\n");
    }
  }
}
