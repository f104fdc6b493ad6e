package org.atoll.drivers.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandshakeTest {

  private static final long VOS = 42;
  private static final long SESSION = 0x1234_5678_9abc_def0L;

  @TempDir Path folder;
  private LinkKey key;
  private LinkKey otherKey;
  private static final long SEED = 21;

  /** The long form: {@code -Datoll.frames=1000000}. */
  private static final int ROUNDS = Integer.getInteger("atoll.frames", 10_000);

  private final List<String> admitted = new ArrayList<>();

  HandshakeTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    key = LinkKey.create(folder.resolve("first"));
    otherKey = LinkKey.create(folder.resolve("other"));
  }

  private static Doors doors() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("10.1.2.3"), 4711);
    return new Doors("machine", List.of(new Door(Door.Kind.TCP, address)));
  }

  @BeforeEach
  void keysDiffer() {
    assertFalse(java.util.Arrays.equals(key.proof(), otherKey.proof()));
  }

  private Handshake acceptor(int node) {
    return Handshake.acceptor(new LinkIdentity(VOS, node, 3, key), this::admit, LinkKey.random());
  }

  private Handshake connector(long vos, int node, int peer, LinkKey with) {
    return Handshake.connector(
        new LinkIdentity(vos, node, 3, with), peer, doors(), SESSION, 12, LinkKey.random());
  }

  private int admit(int node, long session, int received) throws LinkBrokenException {
    if (session != SESSION) {
      throw new LinkBrokenException("no such session");
    }
    admitted.add(node + " received " + received);
    return 34;
  }

  private static String refusal(Handshake at, byte[] message) {
    LinkBrokenException broken = assertThrows(LinkBrokenException.class, () -> at.take(message));
    assertFalse(at.complete());
    return String.valueOf(broken.getMessage());
  }

  @Test
  void twoNodesWithOneKeyTrustEachOther() throws LinkBrokenException {
    Handshake connector = connector(VOS, 2, 1, key);
    Handshake acceptor = acceptor(1);
    byte[] hello = connector.opening();
    assertEquals(0, acceptor.opening().length);
    assertEquals(hello.length, acceptor.expectedBytes());
    byte[] challenge = acceptor.take(hello);
    assertEquals(challenge.length, connector.expectedBytes());
    byte[] proof = connector.take(challenge);
    assertEquals(proof.length, acceptor.expectedBytes());
    byte[] answer = acceptor.take(proof);
    assertTrue(acceptor.complete());
    assertEquals(answer.length, connector.expectedBytes());
    assertEquals(0, connector.take(answer).length);
    assertTrue(connector.complete());
    assertEquals(2, acceptor.peer());
    assertEquals(doors(), acceptor.doors());
    assertEquals(SESSION, acceptor.session());
    assertEquals(12, acceptor.peerReceived());
    assertEquals(34, connector.peerReceived());
    assertEquals(List.of("2 received 12"), admitted);
    assertEquals(1, connector.peer());
  }

  @Test
  void aConnectorWithAnotherKeyIsRefused() throws LinkBrokenException {
    Handshake connector = connector(VOS, 2, 1, otherKey);
    Handshake acceptor = acceptor(1);
    byte[] proof = connector.take(acceptor.take(connector.opening()));
    assertEquals("it does not know the key", refusal(acceptor, proof));
  }

  @Test
  void anAcceptorWithAnotherKeyIsRefused() throws LinkBrokenException {
    Handshake connector = connector(VOS, 2, 1, key);
    Handshake acceptor = acceptor(1);
    connector.take(acceptor.take(connector.opening()));
    assertEquals(
        "it does not know the key", refusal(connector, new byte[connector.expectedBytes()]));
  }

  @Test
  void aProofIsWorthNothingInAnotherConversation() throws LinkBrokenException {
    Handshake connector = connector(VOS, 2, 1, key);
    byte[] hello = connector.opening();
    byte[] proof = connector.take(acceptor(1).take(hello));
    Handshake again = acceptor(1);
    again.take(hello);
    assertEquals("it does not know the key", refusal(again, proof));
  }

  @Test
  void aNodesOwnWordsDoNotProveAnything() throws LinkBrokenException {
    Handshake connector = connector(VOS, 2, 1, key);
    Handshake acceptor = acceptor(1);
    byte[] proof = connector.take(acceptor.take(connector.opening()));
    byte[] reflected = java.util.Arrays.copyOfRange(proof, 12, proof.length);
    assertEquals("it does not know the key", refusal(connector, reflected));
  }

  @Test
  void whatWasChangedOnTheWayIsNoticed() throws LinkBrokenException {
    for (int word : new int[] {0, 4, 12}) {
      Handshake connector = connector(VOS, 2, 1, key);
      Handshake acceptor = acceptor(1);
      byte[] proof = connector.take(acceptor.take(connector.opening()));
      proof[word] ^= 1;
      assertEquals("it does not know the key", refusal(acceptor, proof));
    }
    assertEquals(List.of(), admitted);
  }

  @Test
  void anAnswerThatWasChangedOnTheWayIsNoticed() throws LinkBrokenException {
    Handshake connector = connector(VOS, 2, 1, key);
    Handshake acceptor = acceptor(1);
    byte[] answer = acceptor.take(connector.take(acceptor.take(connector.opening())));
    answer[0] ^= 1;
    assertEquals("it does not know the key", refusal(connector, answer));
  }

  @Test
  void strangersAreToldApart() {
    byte[] garbage = new byte[acceptor(1).expectedBytes()];
    assertEquals("it does not speak the protocol of the node link", refusal(acceptor(1), garbage));
    assertEquals(
        "it belongs to another VOS", refusal(acceptor(1), connector(7, 2, 1, key).opening()));
    assertEquals(
        "it looks for node 0, this is node 1",
        refusal(acceptor(1), connector(VOS, 2, 0, key).opening()));
    assertEquals(
        "it says it is node 0, which does not connect to node 1",
        refusal(acceptor(1), connector(VOS, 0, 1, key).opening()));
    byte[] newer = connector(VOS, 2, 1, key).opening();
    newer[8] = 9;
    assertEquals("it speaks version 9, expected 4", refusal(acceptor(1), newer));
  }

  /** Each of its messages with a few wrong bits, and noise in its place. */
  @Test
  void noiseIsRefusedAtEachStepAndNobodyIsLetIn() throws LinkBrokenException {
    Random random = new Random(SEED);
    byte[] hello = connector(VOS, 2, 1, key).opening();
    for (int round = 0; round < ROUNDS; round++) {
      Handshake acceptor = acceptor(1);
      byte[] first = round % 3 == 0 ? hello : noisy(random, hello);
      try {
        acceptor.take(first);
        byte[] proof = new byte[acceptor.expectedBytes()];
        random.nextBytes(proof);
        acceptor.take(proof);
        fail("seed " + SEED + ", round " + round);
      } catch (LinkBrokenException stranger) {
        assertEquals(List.of(), admitted, "seed " + SEED + ", round " + round);
      }
    }
  }

  private static byte[] noisy(Random random, byte[] message) {
    byte[] noisy = message.clone();
    if (random.nextBoolean()) {
      random.nextBytes(noisy);
    }
    for (int bits = random.nextInt(8); bits >= 0; bits--) {
      noisy[random.nextInt(noisy.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return noisy;
  }
}
