package org.atoll.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.atoll.abi.Limits;
import org.atoll.drivers.link.netty.NettyLink;

/**
 * A call to the other node by TCP on loopback, null and with 4 KiB in the answer, beside a blocking
 * TCP echo in C, in alternating rounds.
 */
public final class RemoteCallBenchmark {

  private static final int ROUNDS = 15;
  private static final int CALLS = 1_000;
  private static final int WARM_CALLS = 20_000;
  private static final int PEER_WARMUP = 200;
  private static final String SUBJECT = "atoll";

  private RemoteCallBenchmark() {}

  /** Takes where this runs, for the title. */
  public static void main(String[] arguments) {
    String where = arguments.length == 0 ? "" : ", " + String.join(" ", arguments);
    NettyLink.own(() -> {
      try (RemotePair pair = new RemotePair()) {
        CPeer echo = new CPeer("tcp_echo");
        compare(pair, echo, "null call to the other node" + where, NullServer.NULL, 0);
        String title = "call with 4 KiB in the answer" + where;
        compare(pair, echo, title, NullServer.READ, Limits.PAGE_BYTES);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private static void compare(RemotePair pair, CPeer echo, String title, int type, int outBytes)
      throws IOException, InterruptedException {
    Comparison comparison = new Comparison(title, SUBJECT, "ns");
    pair.call(type, outBytes, WARM_CALLS);
    pair.countAllocation();
    for (int round = 0; round < ROUNDS; round++) {
      comparison.addTimes(SUBJECT, pair.call(type, outBytes, CALLS));
      if (echo.there()) {
        comparison.addTimes("C, blocking TCP echo", echo.run(CALLS, PEER_WARMUP, outBytes));
      }
    }
    comparison.print(System.out);
    double calls = ROUNDS * CALLS;
    System.out.printf(
        "  bytes allocated per call: %.2f on the caller's node, %.2f on the other%n%n",
        pair.allocatedHere() / calls, pair.allocatedThere() / calls);
  }
}
