package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.atoll.drivers.link.Door;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.service.Shape;
import org.atoll.drivers.link.service.Terms;
import org.atoll.drivers.link.talk.Census;
import org.atoll.drivers.link.talk.LinkRow;
import org.atoll.drivers.link.talk.NodeRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(
    value = Door.Kind.class,
    names = {"SHM", "TCP"})
@Timeout(120)
class LinkServicesTest {

  private static final long VOS = 42;
  private static final int FRAMES = 100_000;
  private static final int BYTES = 200;

  private final Door.Kind way;
  private final LinkKey key;
  private LinkNode zero;
  private LinkNode one;

  LinkServicesTest(Door.Kind way, @TempDir Path folder) throws IOException {
    this.way = way;
    key = LinkKey.create(folder.resolve("key"));
  }

  @BeforeEach
  void connect() throws Exception {
    zero = new LinkNode(new LinkIdentity(VOS, 0, 3, key), way, null);
    one = new LinkNode(new LinkIdentity(VOS, 1, 3, key), way, zero.listen());
    zero.await("up 1");
    one.await("up 0");
  }

  @AfterEach
  void close() throws Exception {
    one.close();
    zero.close();
  }

  private Census census() throws Exception {
    return zero.onCpu(NettyLink::census).get(30, TimeUnit.SECONDS);
  }

  private LinkRow link(int from) throws Exception {
    return census().links().stream().filter(row -> row.from() == from).findFirst().orElseThrow();
  }

  private void services(Terms terms) throws Exception {
    zero.onCpu(link -> {
      link.services(_ -> terms);
      return true;
    });
  }

  private void passFrames() throws Exception {
    zero.send(1, FRAMES, BYTES);
    assertEquals("sent " + FRAMES, zero.next());
    assertEquals("received " + FRAMES, one.next());
  }

  @Test
  void aCensusNamesNodesAndBothDirectionsOfEachLink() throws Exception {
    passFrames();
    Census census = census();
    assertEquals(List.of(0, 1), census.nodes().stream().map(NodeRow::node).toList());
    assertEquals(ProcessHandle.current().pid(), census.nodes().getLast().pid());
    assertEquals(List.of(0, 1), census.links().stream().map(LinkRow::from).toList());
    assertEquals(List.of(1, 0), census.links().stream().map(LinkRow::to).toList());
    LinkRow there = census.links().getFirst();
    assertTrue(there.frames() >= FRAMES && there.frames() < FRAMES + 10, there.toString());
    assertTrue(there.bytes() >= (long) FRAMES * BYTES, there.toString());
    assertEquals(way.word(), there.via());
    assertTrue(there.wireBytes() > there.bytes() + 12L * FRAMES, there.toString());
  }

  @Test
  void packedFramesArriveInOrderAndTakeFewerBytes() throws Exception {
    services(Terms.NONE.withPacking(true));
    passFrames();
    LinkRow there = link(0);
    assertTrue(there.wireBytes() < there.bytes() / 2, there.toString());
    assertEquals(List.of(true, true), packing());
  }

  private List<Boolean> packing() throws Exception {
    return census().nodes().stream().map(row -> row.terms().packing()).toList();
  }

  @Test
  void packingIsSwitchedWhileFramesFlow() throws Exception {
    zero.send(1, FRAMES, BYTES);
    for (int i = 0; i < 20; i++) {
      services(Terms.NONE.withPacking(i % 2 == 0));
    }
    zero.await("sent " + FRAMES);
    one.await("received " + FRAMES);
    assertEquals(List.of(false, false), packing());
  }

  @Test
  void aNodeThatComesLaterGetsTheServicesOfTheOthers() throws Exception {
    services(Terms.NONE.withPacking(true));
    LinkNode two = new LinkNode(new LinkIdentity(VOS, 2, 3, key), way, zero.listen());
    one.await("up 2");
    two.await("up 0");
    two.await("up 1");
    assertEquals(List.of(true, true, true), packing());
    two.send(1, FRAMES, BYTES);
    one.await("received " + FRAMES);
    LinkRow packed =
        census().links().stream()
            .filter(row -> row.from() == 2 && row.to() == 1)
            .findFirst()
            .orElseThrow();
    assertTrue(packed.wireBytes() < packed.bytes() / 2, packed.toString());
    two.close();
  }

  @Test
  void aDelayShowsInTheRoundTripAndFramesStillArriveInOrder() throws Exception {
    services(new Terms(false, new Shape(0, 20_000_000)));
    passFrames();
    long least = 30_000_000;
    while (link(0).roundTripNanos() < least || link(1).roundTripNanos() < least) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aRateIsChangedWhileFramesFlowAndNoneIsOvertaken() throws Exception {
    services(new Terms(false, new Shape(4_000_000, 1_000_000)));
    zero.send(1, FRAMES, BYTES);
    services(new Terms(true, new Shape(10_000_000, 0)));
    services(Terms.NONE);
    zero.await("sent " + FRAMES);
    one.await("received " + FRAMES);
  }

  @Test
  void whatIsHeldBackAtTheEndStillArrives() throws Exception {
    services(new Terms(false, new Shape(0, 100_000_000)));
    zero.send(1, FRAMES, 20);
    zero.await("sent " + FRAMES);
    zero.close();
    one.await("received " + FRAMES);
    one.await("down 0");
  }
}
