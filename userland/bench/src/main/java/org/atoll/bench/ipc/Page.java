package org.atoll.bench.ipc;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.HdrHistogram.Histogram;
import org.atoll.bench.ipc.Plot.Axis;
import org.atoll.bench.ipc.Plot.Scale;

/** The results as one page of HTML that needs nothing else, with drawings that can be saved. */
final class Page {

  private static final Axis NANOS = new Axis("ns", Scale.LOGARITHMIC, Page::number);
  private static final double[] PERCENTILES = {
    10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999
  };
  private static final String STYLE =
      "body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
          + "pre{overflow-x:auto;background:#f6f6f6;padding:1em}figure{margin:2em 0}";

  private final Environment environment;
  private final List<Result> results;
  private final List<Result> measured;
  private final Map<String, List<LoadPoint>> loads;

  /**
   * @param loads latency against offered load, by where the server is
   */
  Page(Environment environment, List<Result> results, Map<String, List<LoadPoint>> loads) {
    this.environment = environment;
    this.results = results;
    this.measured = results.stream().filter(each -> each.skipped() == null).toList();
    this.loads = loads;
  }

  /** The page. */
  String html() {
    StringBuilder out = new StringBuilder();
    out.append("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\">")
        .append("<title>atoll bench ipc</title><style>" + STYLE + "</style>")
        .append("<h1>atoll bench ipc</h1><p>")
        .append(Plot.escaped(environment.line()))
        .append("<p>Isolation <em>language</em> is by the Java language and address tables, ")
        .append(
            "not by an MMU; <em>process</em> is by processes of the host, <em>host</em> by machines.");
    for (Plot plot : List.of(distribution(), sizes(), callers(), load())) {
      figure(out, plot);
    }
    out.append("<h2>All rows</h2><pre>").append(Plot.escaped(table())).append("</pre></html>\n");
    return out.toString();
  }

  private static void figure(StringBuilder out, Plot plot) {
    if (plot.isEmpty()) {
      out.append("<p>").append(Plot.escaped(plot.title())).append(": not measured.");
      return;
    }
    String svg = plot.svg();
    String encoded = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    String file = plot.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    out.append("<figure>").append(svg);
    out.append("<figcaption><a download=\"" + file + ".svg\" href=\"data:image/svg+xml;base64,");
    out.append(encoded).append("\">save as SVG</a></figcaption></figure>");
  }

  private String table() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Table(new PrintStream(bytes, false, StandardCharsets.UTF_8), results).print(environment);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The rarer the slower: of what was timed one by one. */
  private Plot distribution() {
    DoubleFunction<String> share = rarity -> "p" + trimmed(100 - 100 / rarity);
    Plot plot =
        new Plot("Latency distribution", new Axis("percentile", Scale.LOGARITHMIC, share), NANOS);
    for (Result each : measured) {
      boolean call = each.row().name().matches("sendrec\\..*|peer\\.(tcp|unix)\\.c|peer\\.pipe");
      if (call && each.row().batch() == 1) {
        plot.add(each.row().name(), percentiles(Samples.histogram(each.figures())));
      }
    }
    return plot;
  }

  private static List<double[]> percentiles(Histogram histogram) {
    List<double[]> points = new ArrayList<>();
    for (double percentile : PERCENTILES) {
      double rarity = 100 / (100 - percentile);
      if (rarity <= histogram.getTotalCount()) {
        points.add(new double[] {rarity, histogram.getValueAtPercentile(percentile)});
      }
    }
    return points;
  }

  private Plot sizes() {
    Axis bytes = new Axis("bytes in the answer", Scale.LOGARITHMIC, Page::number);
    Plot plot = new Plot("Cost by size, local against remote", bytes, NANOS);
    for (String kind :
        List.of(
            "copy.local.",
            "copy.node.shm.",
            "copy.node.unix.",
            "copy.node.tcp.",
            "peer.memcpy.",
            "peer.copy.unix.c.",
            "peer.copy.tcp.c.")) {
      plot.add(kind.substring(0, kind.length() - 1), medians(kind));
    }
    return plot;
  }

  private List<double[]> medians(String kind) {
    return measured.stream()
        .filter(each -> each.row().name().startsWith(kind))
        .map(each ->
            new double[] {
              Size.parse(each.row().name().substring(kind.length())).bytes(),
              each.figures().median()
            })
        .sorted(Comparator.comparingDouble(point -> point[0]))
        .toList();
  }

  private Plot callers() {
    Axis count = new Axis("callers of one server", Scale.LINEAR, Page::trimmed);
    Axis rate = new Axis("calls a second", Scale.LINEAR, Page::number);
    Plot plot = new Plot("Throughput by callers", count, rate);
    List<double[]> points =
        measured.stream()
            .filter(each -> each.row().name().matches("callers\\.\\d+\\.cpus\\.1"))
            .map(each ->
                new double[] {
                  Integer.parseInt(each.row().name().split("\\.")[1]), 1e9 / each.figures().median()
                })
            .sorted(Comparator.comparingDouble(point -> point[0]))
            .toList();
    plot.add("one CPU", points);
    return plot;
  }

  private Plot load() {
    Axis offered = new Axis("calls a second that are due", Scale.LOGARITHMIC, Page::number);
    Plot plot = new Plot("Latency against offered load", offered, NANOS);
    loads.forEach((where, points) -> {
      plot.add(where + ", median", points.stream().map(p -> xy(p.offered(), p.p50())).toList());
      plot.add(where + ", p99", points.stream().map(p -> xy(p.offered(), p.p99())).toList());
    });
    return plot;
  }

  private static double[] xy(double x, double y) {
    return new double[] {x, y};
  }

  private static String trimmed(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceAll("\\.?0+$", "");
  }

  private static String number(double value) {
    if (value >= 1e6) {
      return trimmed(value / 1e6) + " M";
    }
    return value >= 1e3 ? trimmed(value / 1e3) + " k" : trimmed(value);
  }
}
