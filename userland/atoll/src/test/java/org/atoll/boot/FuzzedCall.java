package org.atoll.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The system calls that there are, with the names of their arguments, as the reference page has
 * them.
 *
 * @param number as in a7
 * @param arguments their names
 */
record FuzzedCall(int number, List<String> arguments) {

  private static final Pattern ROW =
      Pattern.compile("\\| (\\d+|0x[0-9a-f]+) \\| `(\\w+)(?:\\((.*)\\))?` \\|.*");

  /** What would end the program, or take its table away. */
  private static final List<String> LEFT_OUT = List.of("exit", "exit_group", "rt_sigreturn");

  /** All of them but those that end the program. */
  static List<FuzzedCall> all(Path page) throws IOException {
    List<FuzzedCall> calls = new ArrayList<>();
    for (String line : Files.readAllLines(page)) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && !LEFT_OUT.contains(row.group(2))) {
        String names = row.group(3) == null ? "" : row.group(3);
        List<String> arguments = names.isEmpty() ? List.of() : List.of(names.split(", "));
        calls.add(new FuzzedCall(Integer.decode(row.group(1)), arguments));
      }
    }
    return calls;
  }
}
