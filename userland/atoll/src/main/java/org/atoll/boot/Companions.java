package org.atoll.boot;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.atoll.drivers.link.LinkIdentity;
import org.atoll.drivers.link.LinkKey;
import org.atoll.drivers.link.netty.NettyLink;

/**
 * The other nodes of a VOS, as node 0 sees them: its link, the key, and the processes that it
 * starts. Closing ends them all and removes the key.
 */
final class Companions implements Closeable {

  private static final long END_SECONDS = 3;

  private final VosSpec spec;
  private final boolean traced;
  private final Path keyFile;
  private final long vos;
  private final NettyLink link;
  private final List<Process> processes = new ArrayList<>();

  Companions(VosSpec spec, boolean traced) throws IOException {
    this.spec = spec;
    this.traced = traced;
    Path folder = Files.createTempDirectory("atoll-");
    keyFile = folder.resolve("key");
    LinkKey key = LinkKey.create(keyFile);
    vos = ByteBuffer.wrap(LinkKey.random()).getLong();
    Runtime.getRuntime().addShutdownHook(new Thread(this::leaveNothing, "key-removal"));
    link = new NettyLink(new LinkIdentity(vos, 0, spec.nodes(), key), null, LinuxNode::complain);
  }

  NettyLink link() {
    return link;
  }

  /** Starts a process for each node from 1 on; they connect to this node by themselves. */
  void start() throws IOException {
    int port = link.listen();
    for (int node = 1; node < spec.nodes(); node++) {
      List<String> command = new ArrayList<>(JavaCommand.ofThisProcess());
      command.addAll(List.of("node", "--id", String.valueOf(node)));
      command.addAll(List.of("--nodes", String.valueOf(spec.nodes())));
      command.addAll(List.of("--vos", Long.toHexString(vos)));
      command.addAll(List.of("--join", "127.0.0.1:" + port));
      command.addAll(List.of("--key-file", keyFile.toString()));
      command.addAll(List.of("--memory", String.valueOf(spec.memoryBytes())));
      if (spec.reportMissing()) {
        command.add("--report-missing");
      }
      if (traced) {
        command.add("--trace");
      }
      processes.add(
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    }
  }

  @Override
  public void close() {
    link.close();
    for (Process process : processes) {
      end(process);
    }
    leaveNothing();
  }

  /** Removes the key and its folder, also when a signal ends this process. */
  private void leaveNothing() {
    try {
      Files.deleteIfExists(keyFile);
      Files.deleteIfExists(keyFile.getParent());
    } catch (IOException e) {
      LinuxNode.complain("cannot remove the key " + keyFile + ": " + e.getMessage());
    }
  }

  private static void end(Process process) {
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
