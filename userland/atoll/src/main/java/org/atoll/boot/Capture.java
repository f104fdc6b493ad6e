package org.atoll.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Node 0's observer that captures the messages of all nodes into a file, and makes of it what was
 * asked for: a sorted pcap file, a file for Perfetto, or both.
 */
public final class Capture implements Observer {

  private final TraceFilter filter;
  private final boolean hypercalls;
  private final @Nullable Path pcap;
  private final @Nullable Path chrome;

  /** The file that packets are appended to: the pcap file, or one that is removed at the end. */
  private final Path spool;

  private final PcapFile packets;

  /** Why nothing is written any more. Guarded by this. */
  private @Nullable IOException failure;

  /**
   * Makes or empties the files.
   *
   * @param pcap a capture file, or null
   * @param chrome a trace-event file, or null
   */
  public Capture(TraceFilter filter, boolean hypercalls, @Nullable Path pcap, @Nullable Path chrome)
      throws IOException {
    this.filter = filter;
    this.hypercalls = hypercalls;
    this.pcap = pcap;
    this.chrome = chrome;
    if (chrome != null) {
      // Whatever ends this process, what is there is JSON.
      Files.writeString(chrome, "[]\n", StandardCharsets.US_ASCII);
    }
    this.spool = pcap == null ? Files.createTempFile("atoll-trace", ".pcap") : pcap;
    this.packets = new PcapFile(spool);
  }

  @Override
  public Looking looking() {
    return FrameWatch.of(filter, hypercalls, this::add);
  }

  @Override
  public List<String> options() {
    List<String> options = new ArrayList<>(List.of("--capture"));
    options.addAll(filter.options());
    if (hypercalls) {
      options.add("--hypercalls");
    }
    return options;
  }

  @Override
  public boolean listens() {
    return true;
  }

  @Override
  public void heard(String line) {
    add(Captured.decode(line));
  }

  private synchronized void add(Captured packet) {
    if (failure == null) {
      try {
        packets.add(packet);
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  @Override
  public void booted(List<String> tasks) throws IOException {
    filter.checkServers(tasks);
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      packets.close();
      if (failure != null) {
        throw failure;
      }
      if (Files.isRegularFile(spool)) {
        PcapFile.sort(spool);
      }
      if (chrome != null) {
        ChromeTrace.write(spool, chrome);
      }
    } catch (IOException e) {
      throw new IOException("trace: " + e.getMessage(), e);
    } finally {
      if (pcap == null) {
        Files.deleteIfExists(spool);
      }
    }
  }
}
