package org.atoll.bench.ipc;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code --json} has written.
 *
 * @param environment as text, by name; without what says no more than which run it was
 * @param rows by name, in their order
 */
record ReportFile(Map<String, String> environment, Map<String, Measured> rows) {

  /**
   * A row.
   *
   * @param skipped whether it has no figures
   * @param forks rounds, in processes of their own
   * @param median nanoseconds of an operation; in rows of {@code atoll bench fairness} the mean,
   *     for those are about rates
   * @param low where the 95 % interval of the median begins
   * @param high where it ends
   * @param allocated bytes of an operation; NaN where nobody knows
   */
  record Measured(
      boolean skipped, int forks, double median, double low, double high, double allocated) {

    static final Measured SKIPPED = new Measured(true, 0, 0, 0, 0, 0);
  }

  private static final double NANOS_PER_SECOND = 1e9;

  /** Flags that say where this tree is. */
  private static final String OWN_FLAGS = "-Datoll.";

  /**
   * Reads one.
   *
   * @throws IOException when it cannot be read, or is something else; in one line
   */
  static ReportFile read(Path file) throws IOException {
    try {
      return parse(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
    } catch (NoSuchFileException missing) {
      throw new IOException(file + ": no such file", missing);
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException
        | NumberFormatException malformed) {
      throw new IOException(file + ": not written by atoll bench ipc --json", malformed);
    } catch (CharacterCodingException binary) {
      throw new IOException(file + ": not written by atoll bench ipc --json", binary);
    } catch (IOException unreadable) {
      boolean folder = Files.isDirectory(file);
      throw new IOException(file + (folder ? ": is a folder" : ": cannot be read"), unreadable);
    }
  }

  private static ReportFile parse(JsonObject report) {
    int schema = report.get("schema").getAsInt();
    if (schema != Report.SCHEMA) {
      throw new IllegalStateException("schema " + schema);
    }
    Map<String, String> environment = new LinkedHashMap<>();
    report
        .getAsJsonObject("environment")
        .entrySet()
        .forEach(entry -> environment.put(entry.getKey(), words(entry.getKey(), entry.getValue())));
    Map<String, Measured> rows = new LinkedHashMap<>();
    for (JsonElement each : report.getAsJsonArray("rows")) {
      JsonObject row = each.getAsJsonObject();
      String name = row.get("name").getAsString();
      rows.put(name, measured(name, row));
    }
    return new ReportFile(environment, rows);
  }

  private static String words(String name, JsonElement value) {
    if (name.equals("hosts")) {
      value.getAsJsonArray().forEach(host -> host.getAsJsonObject().remove("commit"));
    }
    if (name.equals("flags")) {
      return Arrays.stream(value.getAsString().split(" "))
          .filter(flag -> !flag.startsWith(OWN_FLAGS))
          .collect(Collectors.joining(" "));
    }
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  private static Measured measured(String name, JsonObject row) {
    if (row.has("skipped")) {
      return Measured.SKIPPED;
    }
    int forks = row.get("forks").getAsInt();
    JsonElement allocates = row.get("alloc_bytes_per_op");
    double allocated = allocates.isJsonNull() ? Double.NaN : allocates.getAsDouble();
    if (name.startsWith(DisturbedSubject.PREFIX + ".") && row.has("rate_ci95_per_s")) {
      JsonArray rates = row.getAsJsonArray("rate_ci95_per_s");
      return new Measured(
          false,
          forks,
          NANOS_PER_SECOND / row.get("rate_per_s").getAsDouble(),
          NANOS_PER_SECOND / rates.get(1).getAsDouble(),
          NANOS_PER_SECOND / rates.get(0).getAsDouble(),
          allocated);
    }
    JsonArray medians = row.getAsJsonArray("ci95_ns");
    return new Measured(
        false,
        forks,
        row.get("median_ns").getAsDouble(),
        medians.get(0).getAsDouble(),
        medians.get(1).getAsDouble(),
        allocated);
  }
}
