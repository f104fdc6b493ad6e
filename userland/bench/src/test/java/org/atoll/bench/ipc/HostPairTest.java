package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.atoll.bench.ipc.Subject.Counters;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.netty.NettyLink;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two nodes that two machines have, on one. */
@Timeout(120)
class HostPairTest {

  private static final int SAMPLES = 20;
  private static final long VOS = -7;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sendrec.node.tcp",
        "sendrec.node.tcp.busy",
        "notify.node.tcp",
        "oneway.node.tcp",
        "pipelined.node.tcp",
        "copy.node.tcp.1m"
      })
  void theKernelCountsTheOperations(String row, @TempDir Path folder) throws Exception {
    Path keyFile = folder.resolve("key");
    LinkKey key = LinkKey.create(keyFile);
    Span span = Subjects.span(row, HostNode.NODES);
    List<String> words =
        List.of(
            "127.0.0.1", span.transport(), Integer.toString(span.spinners()), Long.toString(VOS));
    Process node =
        new ProcessBuilder(ForkedTrial.java(List.of(), HostNode.class, words))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    OutputStream input = node.getOutputStream();
    key.writeTo(input);
    input.flush();
    String doors = Objects.requireNonNull(node.inputReader().readLine());
    HostPair.There there = new HostPair.There(VOS, doors, keyFile, span);
    NettyLink.own(() -> makesWhatItSays(row, there));
    assertEquals(0, node.waitFor());
  }

  private static void makesWhatItSays(String row, HostPair.There there) {
    try (Subject subject = new HostPair(Subjects.operation(row), there)) {
      Counters before = subject.counters();
      subject.run(new double[SAMPLES]);
      Counters used = subject.counters().minus(before);
      assertEquals((long) SAMPLES * subject.batch() * subject.events(), used.events());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
