package org.atoll.control;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.atoll.drivers.link.service.Shape;
import org.atoll.drivers.link.service.Terms;
import org.atoll.drivers.link.talk.Census;
import org.atoll.drivers.link.talk.LinkRow;
import org.atoll.drivers.link.talk.NodeRow;
import org.jspecify.annotations.Nullable;

/**
 * Understands what is asked about the links between nodes. Any thread.
 *
 * <p>{@code nodes}; {@code link compress on|off}; {@code link shape BYTES_A_SECOND NANOSECONDS}.
 */
final class LinkDesk {

  private static final int ANSWER_SECONDS = 10;
  private static final long MEGA = 1_000_000;

  private final @Nullable Links links;

  /** A desk for the links of a VOS; null when it has one node, and so none. */
  LinkDesk(@Nullable Links links) {
    this.links = links;
  }

  /** The tables of nodes and of links. */
  Exchange.Answer nodes() {
    Links all = links;
    if (all == null) {
      return new Exchange.Answer(0, nodeTable(List.of(NodeRow.ofThisProcess(0, Terms.NONE))));
    }
    try {
      Census census = all.census().get(ANSWER_SECONDS, TimeUnit.SECONDS);
      return new Exchange.Answer(0, nodeTable(census.nodes()) + '\n' + linkTable(census));
    } catch (ExecutionException | TimeoutException silent) {
      return failure("the VOS does not answer");
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return failure("interrupted");
    }
  }

  /** Changes the services of all links. */
  Exchange.Answer change(List<String> words) {
    Links all = links;
    if (all == null) {
      return failure("this VOS has one node, and so no links");
    }
    if (words.equals(List.of("compress", "on")) || words.equals(List.of("compress", "off"))) {
      boolean on = words.getLast().equals("on");
      all.services(terms -> terms.withPacking(on));
    } else if (words.size() == 3 && words.getFirst().equals("shape")) {
      Shape shape = new Shape(Long.parseLong(words.get(1)), Long.parseLong(words.get(2)));
      all.services(terms -> terms.withShape(shape));
    } else {
      return failure("this VOS does not know 'link " + String.join(" ", words) + "'");
    }
    return new Exchange.Answer(0, "");
  }

  private static Exchange.Answer failure(String line) {
    return new Exchange.Answer(Desk.MISUSED, line + "\n");
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
