package org.atoll.bench.ipc;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.atoll.drivers.link.Handshake;
import org.atoll.drivers.link.Machine;
import org.jspecify.annotations.Nullable;

/**
 * What a machine says of itself before it takes part in a benchmark.
 *
 * @param values by name, as reports have them
 */
record HostFacts(JsonObject values) {

  private static final String MACHINE = "machine";
  private static final String LINK = "link";
  private static final String COMMIT = "commit";
  private static final String UNKNOWN = "unknown";
  private static final String PROGRAMS = "programs";
  private static final String BUSY = "busy_percent_before";

  /** What a report says of each machine. */
  private static final List<String> REPORTED = List.of("cpu", "cores", "kernel", "jdk", COMMIT);

  /** What this machine is, and how busy it is now. */
  static HostFacts here(Path root) throws IOException, InterruptedException {
    Environment environment = new Environment(root, Pinning.HOST, 0);
    environment.begins();
    JsonObject values = new Gson().toJsonTree(environment.values()).getAsJsonObject();
    values.addProperty(MACHINE, Machine.name());
    values.addProperty(LINK, Handshake.VERSION);
    values.addProperty(PROGRAMS, Files.isExecutable(PeerTrial.program("tcp_echo")));
    return new HostFacts(values);
  }

  /**
   * Compares it with the machine that measures.
   *
   * @throws IOException when the two cannot be measured together
   */
  void check(HostFacts self) throws IOException {
    if (text(MACHINE).equals(self.text(MACHINE))) {
      throw new IOException("that is this machine: without --hosts rows are between its processes");
    }
    boolean bothKnown = !commit().equals(UNKNOWN) && !self.commit().equals(UNKNOWN);
    boolean others = bothKnown && !commit().equals(self.commit());
    if (others || !text(LINK).equals(self.text(LINK))) {
      throw new IOException(
          "its Atoll is "
              + release()
              + ", this one is "
              + self.release()
              + "; they must be the same");
    }
  }

  /** Without what has changed since, of which nobody knows; a copy without git has none. */
  private String commit() {
    return text(COMMIT).replace("+", "");
  }

  private String release() {
    return commit() + " (link " + text(LINK) + ")";
  }

  /** Whether it has the C programs. */
  boolean hasPrograms() {
    return text(PROGRAMS).equals("true");
  }

  /** What others used of it before: a number, if it has said one. */
  @Nullable Double busyPercent() {
    JsonElement busy = values.get(BUSY);
    return busy instanceof JsonPrimitive said && said.isNumber() ? said.getAsDouble() : null;
  }

  /** What a report says of it. */
  JsonObject reported(String address) {
    JsonObject reported = new JsonObject();
    reported.addProperty("host", address);
    for (String name : REPORTED) {
      reported.add(name, values.get(name));
    }
    return reported;
  }

  /** The same in a line. */
  String line() {
    return text("cpu")
        + ", "
        + text("cores")
        + " cores; Linux "
        + text("kernel")
        + "; JDK "
        + text("jdk");
  }

  private String text(String name) {
    JsonElement value = values.get(name);
    return value == null || !value.isJsonPrimitive()
        ? UNKNOWN
        : Objects.requireNonNull(value.getAsString());
  }
}
