package org.atoll.bench.ipc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.atoll.bench.Folders;
import org.atoll.drivers.link.LinkKey;

/** A VOS of two machines: a {@link HostNode} of the other one, and a program here. */
record HostRun(OtherHost other, Pinning pinning) {

  /**
   * Starts both, the node first.
   *
   * @param span between them
   * @param program of this machine, in a JVM of its own, which makes a {@link HostPair}
   * @param words its arguments, before those that say where the node is
   * @return the numbers that the program prints
   * @throws IOException when either has failed, with what is known of both
   */
  double[] printedBy(Span span, Class<?> program, List<String> words)
      throws IOException, InterruptedException {
    Path folder = Folders.make();
    Path keyFile = folder.resolve("key");
    try {
      LinkKey key = LinkKey.create(keyFile);
      long vos = ByteBuffer.wrap(LinkKey.random()).getLong();
      try (HostProcess node = other.start(node(span, vos, key))) {
        List<String> all = new ArrayList<>(words);
        all.addAll(new HostPair.There(vos, node.at(), keyFile, span).words());
        return node.printedBy(pinning.java(List.of(), program, all));
      }
    } finally {
      Folders.delete(folder);
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
