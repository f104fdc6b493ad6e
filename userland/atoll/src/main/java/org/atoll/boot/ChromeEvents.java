package org.atoll.boot;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Writes trace events as one array of JSON, an event a line. */
final class ChromeEvents {

  private final Writer out;
  private String before = "[\n";

  ChromeEvents(Writer out) {
    this.out = out;
  }

  void processName(int node, String name) throws IOException {
    event("M", "process_name", node, 0).append(",\"args\":{\"name\":");
    end(quoted(name) + "}");
  }

  void threadName(int node, int thread, String name) throws IOException {
    event("M", "thread_name", node, thread).append(",\"args\":{\"name\":");
    end(quoted(name) + "}");
  }

  void slice(ChromeSlice slice, String other) throws IOException {
    event("X", slice.name, slice.node, slice.thread).append(",\"cat\":\"call\",\"ts\":");
    out.append(micros(slice.begin)).append(",\"dur\":").append(micros(slice.end - slice.begin));
    out.append(",\"args\":{\"with\":").append(quoted(other));
    end(",\"result\":" + quoted(slice.result) + "}");
  }

  /** An arrow from one slice to another at a time that both hold. */
  void arrow(long id, ChromeSlice from, ChromeSlice to, long nanos) throws IOException {
    event("s", "message", from.node, from.thread).append(",\"cat\":\"message\",\"id\":");
    out.append(Long.toString(id)).append(",\"ts\":");
    end(micros(nanos));
    event("f", "message", to.node, to.thread).append(",\"cat\":\"message\",\"bp\":\"e\",\"id\":");
    out.append(Long.toString(id)).append(",\"ts\":");
    end(micros(nanos));
  }

  void instant(int node, int thread, long nanos, String name) throws IOException {
    event("i", name, node, thread).append(",\"s\":\"t\",\"ts\":");
    end(micros(nanos));
  }

  /** Ends the array. */
  void end() throws IOException {
    out.append(before.equals("[\n") ? "[]\n" : "\n]\n");
  }

  /** Perfetto takes process 0 for an idle one. */
  private Writer event(String phase, String name, int node, int thread) throws IOException {
    out.append(before).append("{\"ph\":\"").append(phase).append("\",\"name\":");
    out.append(quoted(name)).append(",\"pid\":").append(Integer.toString(node + 1));
    out.append(",\"tid\":").append(Integer.toString(thread));
    before = ",\n";
    return out;
  }

  private void end(String rest) throws IOException {
    out.append(rest).append('}');
  }

  private static String micros(long nanos) {
    return String.format(Locale.ROOT, "%d.%03d", nanos / 1000, nanos % 1000);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
