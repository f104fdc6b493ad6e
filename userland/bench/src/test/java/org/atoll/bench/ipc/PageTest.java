package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The page of drawings, as a browser gets it. */
class PageTest {

  private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);

  private static Result result(String name, double nanos) {
    Row row = new Row(name, "process", "host", 1, new Skipped("never run"), List.of());
    double[] samples = new double[1_000];
    Arrays.fill(samples, nanos);
    Figures figures = new Figures(1);
    figures.add(new Burst(samples, 0, nanos));
    return new Result(row, figures, null, false);
  }

  private static String page(Result... results) throws Exception {
    Environment environment = new Environment(Path.of("."), Pinning.HOST, 1);
    environment.ends(1);
    List<LoadPoint> load =
        List.of(new LoadPoint(10, 10, 5, 6, 7), new LoadPoint(90, 80, 50, 60, 70));
    return new Page(environment, List.of(results), Map.of("tcp", load)).html();
  }

  private static List<Document> drawings(String page) throws Exception {
    List<Document> drawings = new ArrayList<>();
    Matcher found = SVG.matcher(page);
    while (found.find()) {
      var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      drawings.add(builder.parse(new InputSource(new StringReader(found.group()))));
    }
    return drawings;
  }

  @Test
  void eachDrawingIsWellFormedAndHasItsCurves() throws Exception {
    String page =
        page(
            result("sendrec.node.tcp", 20_000),
            result("copy.local.64k", 2_000),
            result("copy.local.1m", 40_000),
            result("callers.8.cpus.1", 100));
    List<Integer> curves =
        drawings(page).stream()
            .map(each -> each.getElementsByTagName("polyline").getLength())
            .toList();
    assertEquals(List.of(1, 1, 1, 2), curves);
  }

  @Test
  void whatWasNotMeasuredIsSaid() throws Exception {
    String page = page();
    assertEquals(1, drawings(page).size());
    assertTrue(page.contains("Throughput by callers: not measured"));
  }

  @Test
  void nothingIsLoadedFromElsewhere() throws Exception {
    String page =
        page(result("sendrec.node.tcp", 20_000)).replace("http://www.w3.org/2000/svg", "");
    assertFalse(page.contains("http:") || page.contains("https:") || page.contains("src="));
  }
}
