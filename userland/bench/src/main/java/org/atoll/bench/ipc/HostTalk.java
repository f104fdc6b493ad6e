package org.atoll.bench.ipc;

import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.atoll.drivers.link.tls.Deadline;
import org.atoll.drivers.link.tls.ProvenSocket;

/**
 * What two machines say to each other about a benchmark: words with some text behind them. Each end
 * is read by one thread and written by any.
 */
final class HostTalk implements Closeable {

  /** What can be said. */
  enum Word {
    /** The server: what machine it is, as JSON. */
    HERE,
    /** The server: why it cannot serve now. */
    BUSY,
    /** The asker: which process is to be started; see {@link HostSession}. */
    START,
    /** The server: where that can be connected to. */
    AT,
    /** The server: why it was not started. */
    CANNOT,
    /** The asker: the process is to end. */
    STOP,
    /** The server: it has ended; and why, when nobody wanted it to. */
    ENDED
  }

  /**
   * A word that was said.
   *
   * @param text what was behind it
   */
  record Said(Word word, String text) {}

  private final ProvenSocket socket;

  HostTalk(ProvenSocket socket) throws IOException {
    this.socket = socket;
    socket.missSoon();
  }

  /** Says a word. */
  synchronized void say(Word word, String text) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.output());
    out.writeByte(word.ordinal());
    out.writeUTF(text);
    out.flush();
  }

  /**
   * Waits for a word.
   *
   * @throws IOException when the connection ends, or what comes is no word
   */
  Said hear() throws IOException {
    int word = socket.input().readByte();
    if (word < 0 || word >= Word.values().length) {
      throw new IOException("it said word " + word);
    }
    return new Said(Word.values()[word], socket.input().readUTF());
  }

  /** Something that cannot be said in time ends the conversation. */
  Deadline within(Duration time) {
    return socket.within(time);
  }

  /** Address by which the other machine reaches this one. */
  InetAddress here() {
    return socket.here();
  }

  /** Address of the other machine. */
  InetAddress there() {
    return socket.there().getAddress();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
