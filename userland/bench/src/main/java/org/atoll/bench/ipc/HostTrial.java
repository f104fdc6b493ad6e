package org.atoll.bench.ipc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.atoll.drivers.link.LinkKey;
import org.jspecify.annotations.Nullable;

/** Rounds of a row between two machines, each in a JVM of its own on each. */
final class HostTrial implements Trial {

  private final OtherHost other;
  private final String row;
  private final Pinning pinning;
  private final Effort effort;

  HostTrial(OtherHost other, String row, Pinning pinning, Effort effort) {
    this.other = other;
    this.row = row;
    this.pinning = pinning;
    this.effort = effort;
  }

  @Override
  public @Nullable String missing() {
    return null;
  }

  @Override
  public long nanos() {
    return effort.forkNanos(HostNode.NODES);
  }

  @Override
  public Burst round() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("atoll-bench-");
    Path keyFile = folder.resolve("key");
    try {
      return round(keyFile, LinkKey.create(keyFile));
    } finally {
      Files.deleteIfExists(keyFile);
      Files.delete(folder);
    }
  }

  private Burst round(Path keyFile, LinkKey key) throws IOException, InterruptedException {
    long vos = ByteBuffer.wrap(LinkKey.random()).getLong();
    Span span = Subjects.span(row, HostNode.NODES);
    try (HostProcess node = other.start(node(span, vos, key))) {
      List<String> words = new ArrayList<>(List.of(row));
      words.addAll(effort.words(HostNode.NODES));
      words.add(Integer.toString(HostNode.NODES));
      words.addAll(new HostPair.There(vos, node.at(), keyFile, span).words());
      return Burst.of(node.printedBy(pinning.java(List.of(), SubjectMain.class, words)));
    }
  }

  private List<String> node(Span span, long vos, LinkKey key) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    key.writeTo(bytes);
    return List.of(
        "node",
        pinning.name(),
        span.transport(),
        Integer.toString(span.spinners()),
        Long.toString(vos),
        HexFormat.of().formatHex(bytes.toByteArray()));
  }
}
