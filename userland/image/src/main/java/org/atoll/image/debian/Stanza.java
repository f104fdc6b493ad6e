package org.atoll.image.debian;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.atoll.image.root.ImageException;

/** One paragraph of a Debian control file (deb822(5)): fields without case and their values. */
public final class Stanza {
  private final Map<String, String> fields;

  private Stanza(Map<String, String> fields) {
    this.fields = fields;
  }

  /**
   * Reads the next paragraph; empty at the end. Lines of a value that goes on are joined by line
   * feeds; comment lines are left out.
   */
  public static Optional<Stanza> read(BufferedReader in) throws IOException {
    Map<String, StringBuilder> found = new TreeMap<>();
    StringBuilder value = new StringBuilder();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.isBlank()) {
        if (found.isEmpty()) {
          continue;
        }
        break;
      }
      if (line.startsWith("#")) {
        continue;
      }
      if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
        value.append('\n').append(line.strip());
      } else {
        value = field(found, line);
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(of(found));
  }

  /** The value of a field; empty when it is not there. */
  public String get(String name) {
    return fields.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The value of a field that has to be there. */
  public String require(String name, String where) throws ImageException {
    String value = get(name);
    if (value.isEmpty()) {
      throw new ImageException(where + " has no " + name);
    }
    return value;
  }

  private static StringBuilder field(Map<String, StringBuilder> found, String line)
      throws ImageException {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      String start = line.substring(0, Math.min(60, line.length()));
      throw new ImageException("expected 'Field: value' and found '" + start + "'");
    }
    StringBuilder value = new StringBuilder(line.substring(colon + 1).strip());
    found.put(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), value);
    return value;
  }

  private static Stanza of(Map<String, StringBuilder> found) {
    Map<String, String> fields = new TreeMap<>();
    found.forEach((name, value) -> fields.put(name, value.toString()));
    return new Stanza(fields);
  }
}
