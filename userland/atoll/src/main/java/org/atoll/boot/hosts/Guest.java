package org.atoll.boot.hosts;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.atoll.drivers.link.tls.Deadline;

/** A VOS that asks for a node, as the agent sees it: the conversation with its node 0. */
public final class Guest implements Closeable {

  /** Time for a VOS that was made an offer to boot. */
  private static final Duration INVITATION = Duration.ofSeconds(60);

  private static final Duration ANSWERS = Duration.ofSeconds(30);

  /** Time for a VOS that does not listen: its place is for others. */
  private static final Duration LAST_WORD = Duration.ofSeconds(5);

  private static final int CLOCK_SAMPLES = 8;
  private static final byte[] NOTHING = {};

  private final HostChannel channel;

  /** One that has proved itself. */
  public Guest(HostChannel channel) {
    this.channel = channel;
  }

  /** Sends it away. */
  public void refuse(String reason) throws IOException {
    channel.say(HostChannel.Word.BUSY, reason.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Offers it a node, and waits until it is ready for it.
   *
   * @throws IOException when it takes none
   */
  public Membership offer() throws IOException {
    return offer(Release.name());
  }

  Membership offer(String release) throws IOException {
    try (Deadline _ = channel.within(INVITATION)) {
      channel.say(HostChannel.Word.OFFER, release.getBytes(StandardCharsets.UTF_8));
      return Membership.of(channel.hear().expect(HostChannel.Word.INVITATION));
    }
  }

  /**
   * When the VOS started, by this machine's monotonic clock: of several questions the one that was
   * answered soonest counts, and the answer was true in the middle of the time that it took. So the
   * two machines differ by less than half of their shortest round trip, and a process that goes to
   * the other one takes longer than that.
   */
  public long startNanos() throws IOException {
    try (Deadline _ = channel.within(ANSWERS)) {
      long shortest = Long.MAX_VALUE;
      long start = 0;
      for (int i = 0; i < CLOCK_SAMPLES; i++) {
        long asked = System.nanoTime();
        channel.say(HostChannel.Word.TIME, NOTHING);
        byte[] time = channel.hear().expect(HostChannel.Word.TIME_IS);
        long took = System.nanoTime() - asked;
        if (took < shortest && time.length == Long.BYTES) {
          shortest = took;
          start = asked + took / 2 - ByteBuffer.wrap(time).getLong();
        }
      }
      return start;
    }
  }

  /** Waits until node 0 says that the VOS ends; false when its connection ends without that. */
  public boolean awaitEnd() {
    try {
      channel.hear().expect(HostChannel.Word.END);
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  /** Tells it all that the node's process says, until its end or that of the connection. */
  public void tellSeen(InputStream said) {
    byte[] piece = new byte[HostChannel.BYTES_MAX];
    try (said) {
      for (int bytes = said.read(piece); bytes >= 0; bytes = said.read(piece)) {
        channel.say(HostChannel.Word.SEEN, Arrays.copyOf(piece, bytes));
      }
    } catch (IOException gone) {
      // Then nobody wants to know.
    }
  }

  /** Tells it that the node's process has ended, if it still listens. */
  public void tellEnded(int status) {
    try (Deadline _ = channel.within(LAST_WORD)) {
      byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(status).array();
      channel.say(HostChannel.Word.ENDED, bytes);
    } catch (IOException gone) {
      // Then it knows, or is gone itself.
    }
  }

  /** Address by which it reaches this machine. */
  public InetAddress here() {
    return channel.here();
  }

  /** What a person calls it. */
  @Override
  public String toString() {
    return "a VOS of " + channel.there().getAddress().getHostAddress();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
