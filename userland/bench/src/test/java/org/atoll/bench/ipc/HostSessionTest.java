package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.atoll.bench.ipc.HostTalk.Said;
import org.atoll.bench.ipc.HostTalk.Word;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.tls.Introduction.Purpose;
import org.atoll.drivers.link.tls.OwnCertificate;
import org.atoll.drivers.link.tls.ProvenSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who knows the key starts what benchmarks need, and nothing else. */
@Timeout(120)
class HostSessionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "program HOST sh 1 2",
        "program HOST ../tcp_echo 1 2",
        "program HOST tcp_echo -c 2",
        "program HOST tcp_echo 1 2 3 4",
        "program NOWHERE tcp_echo 1 2",
        "node HOST shm 0 1 00",
        "node HOST tcp 0 1 00 --help"
      })
  void whatIsNoneOfItsProcessesIsNotStarted(String asked) throws Exception {
    LinkKey key = LinkKey.create();
    OwnCertificate own = OwnCertificate.create();
    List<String> log = new ArrayList<>();
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server =
          Thread.ofVirtual()
              .start(() -> {
                try (HostTalk talk =
                    new HostTalk(
                        ProvenSocket.accept(
                            door.accept(), Purpose.BENCH, key, own, own.context()))) {
                  new HostSession(talk, log::add).serve();
                } catch (java.io.IOException refused) {
                  log.add(refused.toString());
                }
              });
      InetSocketAddress at = (InetSocketAddress) door.getLocalSocketAddress();
      try (HostTalk talk = new HostTalk(ProvenSocket.join(at, Purpose.BENCH, key, own))) {
        talk.say(Word.START, asked);
        assertEquals(new Said(Word.CANNOT, "it does not start such things"), talk.hear());
      }
      server.join();
    }
    assertEquals(List.of("the benchmark of 127.0.0.1 is over"), log);
  }
}
