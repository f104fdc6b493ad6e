package org.atoll.bench.ipc;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code --json} has written.
 *
 * @param environment as text, by name
 * @param rows by name, in their order
 */
record ReportFile(Map<String, String> environment, Map<String, Measured> rows) {

  /**
   * A row.
   *
   * @param skipped whether it has no figures
   * @param forks rounds, in processes of their own
   * @param median nanoseconds of an operation
   * @param low where the 95 % interval of the median begins
   * @param high where it ends
   * @param allocated bytes of an operation; NaN where nobody knows
   */
  record Measured(
      boolean skipped, int forks, double median, double low, double high, double allocated) {

    static final Measured SKIPPED = new Measured(true, 0, 0, 0, 0, 0);
  }

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
        .forEach(entry -> environment.put(entry.getKey(), entry.getValue().toString()));
    Map<String, Measured> rows = new LinkedHashMap<>();
    for (JsonElement each : report.getAsJsonArray("rows")) {
      JsonObject row = each.getAsJsonObject();
      rows.put(row.get("name").getAsString(), measured(row));
    }
    return new ReportFile(environment, rows);
  }

  private static Measured measured(JsonObject row) {
    if (row.has("skipped")) {
      return Measured.SKIPPED;
    }
    JsonArray interval = row.getAsJsonArray("ci95_ns");
    JsonElement allocated = row.get("alloc_bytes_per_op");
    return new Measured(
        false,
        row.get("forks").getAsInt(),
        row.get("median_ns").getAsDouble(),
        interval.get(0).getAsDouble(),
        interval.get(1).getAsDouble(),
        allocated.isJsonNull() ? Double.NaN : allocated.getAsDouble());
  }
}
