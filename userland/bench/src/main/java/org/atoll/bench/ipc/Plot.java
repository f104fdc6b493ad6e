package org.atoll.bench.ipc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** A drawing of curves over two axes, as SVG that stands alone. */
final class Plot {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final int LEFT = 80;
  private static final int RIGHT = 240;
  private static final int TOP = 40;
  private static final int BOTTOM = 55;
  private static final int LEGEND_LINE = 18;

  /** Told apart by people who do not see all colours, too (Okabe and Ito). */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

  /** One of several that are told apart by dashes where the colours are used up. */
  private static final List<String> DASHES = List.of("none", "6 3", "2 3");

  /** How an axis is divided. */
  enum Scale {
    LINEAR,
    LOGARITHMIC
  }

  /**
   * One axis.
   *
   * @param title with its unit
   * @param number makes a number of it readable
   */
  record Axis(String title, Scale scale, DoubleFunction<String> number) {}

  /**
   * One curve.
   *
   * @param points of x and y
   */
  record Curve(String name, List<double[]> points) {

    Curve {
      points = List.copyOf(points);
    }
  }

  private final String title;
  private final Axis across;
  private final Axis up;
  private final List<Curve> curves = new ArrayList<>();

  Plot(String title, Axis across, Axis up) {
    this.title = title;
    this.across = across;
    this.up = up;
  }

  String title() {
    return title;
  }

  /** Adds a curve; what has no place on the axes is left out. */
  void add(String name, List<double[]> points) {
    List<double[]> shown =
        points.stream().filter(each -> fits(across, each[0]) && fits(up, each[1])).toList();
    if (!shown.isEmpty()) {
      curves.add(new Curve(name, shown));
    }
  }

  private static boolean fits(Axis axis, double value) {
    return Double.isFinite(value) && (axis.scale() == Scale.LINEAR || value > 0);
  }

  boolean isEmpty() {
    return curves.isEmpty();
  }

  /** The drawing. */
  String svg() {
    Span x = Span.of(across, curves, 0);
    Span y = Span.of(up, curves, 1);
    StringBuilder out = new StringBuilder();
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
        .append(WIDTH + " " + HEIGHT)
        .append("\" font-family=\"sans-serif\" font-size=\"12\">")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
    text(out, LEFT, 22, "start", "15", title);
    grid(out, x, y);
    for (int i = 0; i < curves.size(); i++) {
      curve(out, i, x, y);
    }
    return out.append("</svg>").toString();
  }

  private void grid(StringBuilder out, Span x, Span y) {
    int right = WIDTH - RIGHT;
    int bottom = HEIGHT - BOTTOM;
    for (double tick : x.ticks()) {
      double at = LEFT + x.part(tick) * (right - LEFT);
      line(out, at, TOP, at, bottom);
      text(out, at, bottom + 18, "middle", "12", across.number().apply(tick));
    }
    for (double tick : y.ticks()) {
      double at = bottom - y.part(tick) * (bottom - TOP);
      line(out, LEFT, at, right, at);
      text(out, LEFT - 8, at + 4, "end", "12", up.number().apply(tick));
    }
    text(out, (LEFT + right) / 2.0, HEIGHT - 12, "middle", "12", across.title());
    text(out, LEFT, TOP - 6, "start", "12", up.title());
  }

  private void curve(StringBuilder out, int index, Span x, Span y) {
    String style =
        "stroke=\""
            + COLOURS.get(index % COLOURS.size())
            + "\" stroke-width=\"2\" fill=\"none\""
            + " stroke-dasharray=\""
            + DASHES.get(index / COLOURS.size() % DASHES.size())
            + "\"";
    int right = WIDTH - RIGHT;
    int bottom = HEIGHT - BOTTOM;
    out.append("<polyline ").append(style).append(" points=\"");
    for (double[] point : curves.get(index).points()) {
      double across = LEFT + x.part(point[0]) * (right - LEFT);
      double up = bottom - y.part(point[1]) * (bottom - TOP);
      out.append(String.format(Locale.ROOT, "%.1f,%.1f ", across, up));
    }
    int legend = TOP + 8 + index * LEGEND_LINE;
    out.append("\"/><path ").append(style);
    out.append(" d=\"M").append(right + 12).append(' ').append(legend).append("h24\"/>");
    text(out, right + 42, legend + 4, "start", "12", curves.get(index).name());
  }

  private static void line(StringBuilder out, double x1, double y1, double x2, double y2) {
    out.append(
        String.format(
            Locale.ROOT, "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#ddd\"/>", x1, y1, x2, y2));
  }

  private static void text(
      StringBuilder out, double x, double y, String anchor, String size, String words) {
    out.append(
            String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%s\">",
                x,
                y,
                anchor,
                size))
        .append(escaped(words))
        .append("</text>");
  }

  /** Text as XML and HTML have it. */
  static String escaped(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** What of an axis is shown. */
  private record Span(Scale scale, double low, double high) {

    private static final int TICKS = 5;

    static Span of(Axis axis, List<Curve> curves, int member) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (Curve curve : curves) {
        for (double[] point : curve.points()) {
          low = Math.min(low, point[member]);
          high = Math.max(high, point[member]);
        }
      }
      if (axis.scale() == Scale.LINEAR) {
        return new Span(axis.scale(), 0, high > 0 ? high * 1.05 : 1);
      }
      double first = Math.floor(StrictMath.log10(low));
      double last = Math.max(first + 1, Math.ceil(StrictMath.log10(high)));
      return new Span(axis.scale(), StrictMath.pow(10, first), StrictMath.pow(10, last));
    }

    /** Where a value is, from 0 to 1. */
    double part(double value) {
      return scale == Scale.LINEAR
          ? (value - low) / (high - low)
          : StrictMath.log10(value / low) / StrictMath.log10(high / low);
    }

    List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      if (scale == Scale.LOGARITHMIC) {
        for (double tick = low; tick <= high * 1.001; tick *= 10) {
          ticks.add(tick);
        }
        return ticks;
      }
      for (int i = 0; i <= TICKS; i++) {
        ticks.add(low + (high - low) * i / TICKS);
      }
      return ticks;
    }
  }
}
