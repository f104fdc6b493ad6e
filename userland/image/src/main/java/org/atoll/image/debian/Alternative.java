package org.atoll.image.debian;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name that several packages can serve, such as {@code awk} (update-alternatives(1)).
 *
 * @param link the generic name as a path, {@code /usr/bin/awk}
 * @param name its name in {@code /etc/alternatives}
 * @param path what the package offers, {@code /usr/bin/mawk}
 */
public record Alternative(String link, String name, String path, int priority) {
  /** The best first; among equals in the order of their names. */
  public static final Comparator<Alternative> BEST_FIRST =
      Comparator.comparingInt(Alternative::priority)
          .reversed()
          .thenComparing(Alternative::link)
          .thenComparing(Alternative::path);

  private static final Pattern INSTALL =
      Pattern.compile("--install\\s+(/\\S+)\\s+(\\S+)\\s+(/\\S+)\\s+(\\d{1,9})([^;&|\\n]*)");

  private static final Pattern SLAVE = Pattern.compile("--slave\\s+(/\\S+)\\s+(\\S+)\\s+(/\\S+)");

  /**
   * Finds what a maintainer script would install, as far as it says so in plain words; a name that
   * the shell would have to make up is left out. The script is not run.
   */
  static List<Alternative> parse(String script) {
    List<Alternative> found = new ArrayList<>();
    Matcher install = INSTALL.matcher(script.replaceAll("\\\\\\n", " ").replaceAll("[\"']", ""));
    while (install.find()) {
      int priority = Integer.parseInt(install.group(4));
      add(found, install, priority);
      Matcher slave = SLAVE.matcher(install.group(5));
      while (slave.find()) {
        add(found, slave, priority);
      }
    }
    return found;
  }

  private static void add(List<Alternative> found, Matcher match, int priority) {
    String words = match.group(1) + match.group(2) + match.group(3);
    if (words.matches("[A-Za-z0-9+._@:/\\[-]+") && !match.group(2).contains("/")) {
      found.add(new Alternative(match.group(1), match.group(2), match.group(3), priority));
    }
  }
}
