package org.atoll.stress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of mutations; kernel/stress/README.md says what is in it. Lines that begin with {@code #}
 * are comments, an empty line ends a mutation.
 */
final class MutationTable {

  private final Path file;
  private final List<Mutation> mutations = new ArrayList<>();
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final List<Mutation.Edit> widening = new ArrayList<>();
  private final List<Mutation.Edit> edits = new ArrayList<>();
  private final StringBuilder before = new StringBuilder();
  private final StringBuilder after = new StringBuilder();
  private boolean widens;
  private String folder = "";

  MutationTable(Path file) {
    this.file = file;
  }

  List<Mutation> read() throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank()) {
        end();
      } else if (!line.startsWith("#")) {
        take(line);
      }
    }
    end();
    return mutations;
  }

  private void take(String line) {
    char first = line.charAt(0);
    if (first == '-' || first == '<') {
      if (!after.isEmpty()) {
        endEdit();
      }
      widens = first == '<';
      before.append(line, 1, line.length()).append('\n');
    } else if (first == '+' || first == '>') {
      after.append(line, 1, line.length()).append('\n');
    } else {
      String[] parts = line.split("\\s+", 2);
      if (parts.length < 2 || fields.put(parts[0], parts[1]) != null) {
        throw new IllegalArgumentException(file + ": expected a word and its value: " + line);
      }
    }
  }

  private void endEdit() {
    if (!before.isEmpty()) {
      List<Mutation.Edit> to = widens ? widening : edits;
      to.add(new Mutation.Edit(before.toString().trim(), after.toString().trim()));
    }
    before.setLength(0);
    after.setLength(0);
  }

  private void end() {
    endEdit();
    folder = fields.getOrDefault("folder", folder);
    fields.remove("folder");
    if (!fields.isEmpty()) {
      mutations.add(
          new Mutation(
              field("name"),
              folder + "/" + field("file"),
              field("test"),
              field("breaks"),
              fields.getOrDefault("hidden", ""),
              List.copyOf(widening),
              List.copyOf(edits)));
    }
    fields.clear();
    widening.clear();
    edits.clear();
  }

  private String field(String name) {
    String value = fields.get(name);
    if (value == null || edits.isEmpty()) {
      throw new IllegalArgumentException(file + ": " + fields + " lacks " + name + " or an edit");
    }
    return value;
  }
}
