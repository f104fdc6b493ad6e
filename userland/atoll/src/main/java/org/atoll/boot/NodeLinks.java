package org.atoll.boot;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.atoll.control.Columns;
import org.atoll.control.Links;
import org.atoll.drivers.link.netty.NettyLink;
import org.atoll.drivers.link.service.Shape;
import org.atoll.drivers.link.service.Terms;
import org.atoll.drivers.link.talk.Census;
import org.atoll.drivers.link.talk.LinkRow;
import org.atoll.drivers.link.talk.NodeRow;
import org.jspecify.annotations.Nullable;

/**
 * The links of a VOS on this machine, for whoever sits at another terminal.
 *
 * @param link of node 0; null when that is the only node
 */
record NodeLinks(@Nullable NettyLink link) implements Links {

  private static final int ANSWER_SECONDS = 10;
  private static final long MEGA = 1_000_000;

  @Override
  public String tables() throws IOException {
    NettyLink all = link;
    if (all == null) {
      return nodeTable(List.of(NodeRow.ofThisProcess(0, Terms.NONE)));
    }
    try {
      Census census = all.census().get(ANSWER_SECONDS, TimeUnit.SECONDS);
      return nodeTable(census.nodes()) + '\n' + linkTable(census);
    } catch (ExecutionException | TimeoutException silent) {
      throw new IOException("the VOS does not answer", silent);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", ended);
    }
  }

  @Override
  public void compress(boolean on) throws IOException {
    links().services(terms -> terms.withPacking(on));
  }

  @Override
  public void shape(long bytesPerSecond, long delayNanos) throws IOException {
    Shape shape = new Shape(bytesPerSecond, delayNanos);
    links().services(terms -> terms.withShape(shape));
  }

  private NettyLink links() throws IOException {
    NettyLink all = link;
    if (all == null) {
      throw new IOException("this VOS has one node, and so no links");
    }
    return all;
  }

  private static String nodeTable(List<NodeRow> nodes) {
    StringBuilder rows = new StringBuilder("NODE PID MACHINE\n");
    for (NodeRow node : nodes) {
      rows.append(node.node()).append(' ').append(node.pid()).append(' ');
      rows.append(node.machine()).append('\n');
    }
    return Columns.of(rows.toString());
  }

  private static String linkTable(Census census) {
    Map<Integer, Terms> terms =
        census.nodes().stream().collect(Collectors.toMap(NodeRow::node, NodeRow::terms));
    StringBuilder rows =
        new StringBuilder("FROM TO VIA ROUND-TRIP FRAMES BYTES ON-WIRE COMPRESS RATE DELAY\n");
    for (LinkRow link : census.links()) {
      rows.append(row(link, terms.getOrDefault(link.from(), Terms.NONE)));
    }
    return Columns.of(rows.toString());
  }

  private static String row(LinkRow link, Terms terms) {
    return String.format(
        Locale.ROOT,
        "%d %d %s %s %d %d %d %s %s %s%n",
        link.from(),
        link.to(),
        link.via(),
        time(link.roundTripNanos()),
        link.frames(),
        link.bytes(),
        link.wireBytes(),
        terms.packing() ? "lz4" : "off",
        rate(terms.shape().bytesPerSecond()),
        time(terms.shape().delayNanos()));
  }

  private static String time(long nanos) {
    if (nanos == 0) {
      return "-";
    }
    return nanos < 10 * MEGA ? nanos / 1_000 + "us" : nanos / MEGA + "ms";
  }

  private static String rate(long bytesPerSecond) {
    long bits = 8 * bytesPerSecond;
    if (bits == 0) {
      return "-";
    }
    return bits % MEGA == 0 ? bits / MEGA + "mbit" : bits / 1_000 + "kbit";
  }
}
