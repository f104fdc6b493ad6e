package org.atoll.image.debian;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One place that apt takes binary packages from (sources.list(5)).
 *
 * @param signedBy the value of Signed-By: paths, fingerprints, or a key itself; empty when not set
 * @param dates whether the expiry of its releases counts
 */
public record AptSource(URI mirror, String signedBy, Release.Dates dates) {
  private static final Pattern ONE_LINE =
      Pattern.compile("deb\\s+(?:\\[([^]]*)]\\s*)?(\\S+)\\s+(\\S+)(?:\\s+.*)?");

  /** Reads a file of one-line entries ({@code *.list}); lines that are none are left out. */
  public static List<AptSource> parseLines(String text) {
    List<AptSource> sources = new ArrayList<>();
    for (String line : text.lines().toList()) {
      int comment = line.indexOf('#');
      Matcher match = ONE_LINE.matcher((comment < 0 ? line : line.substring(0, comment)).strip());
      if (!match.matches() || match.group(3).endsWith("/")) {
        continue;
      }
      String options = match.group(1) == null ? "" : match.group(1);
      Optional<URI> mirror = mirror(match.group(2));
      mirror.ifPresent(uri ->
          sources.add(
              new AptSource(
                  uri,
                  option(options, "signed-by").replace(',', '\n'),
                  dates(option(options, "check-valid-until")))));
    }
    return sources;
  }

  /** Reads a file of paragraphs ({@code *.sources}). */
  public static List<AptSource> parseStanzas(String text) throws IOException {
    List<AptSource> sources = new ArrayList<>();
    BufferedReader in = new BufferedReader(new StringReader(text));
    for (Optional<Stanza> next = Stanza.read(in); next.isPresent(); next = Stanza.read(in)) {
      Stanza stanza = next.get();
      boolean enabled = !isNo(stanza.get("Enabled"));
      boolean binary = List.of(stanza.get("Types").split("\\s+", -1)).contains("deb");
      if (enabled && binary && !stanza.get("Suites").endsWith("/")) {
        for (String word : stanza.get("URIs").split("\\s+", -1)) {
          mirror(word)
              .map(uri ->
                  new AptSource(
                      uri, stanza.get("Signed-By"), dates(stanza.get("Check-Valid-Until"))))
              .ifPresent(sources::add);
        }
      }
    }
    return sources;
  }

  /** A URI of a kind that can be fetched, without slashes at its end; empty for any other. */
  public static Optional<URI> mirror(String text) {
    String plain = text.startsWith("copy:") ? "file:" + text.substring(5) : text;
    try {
      URI uri = URI.create(plain.replaceAll("/+$", ""));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean known =
          switch (scheme) {
            case "http", "https" -> uri.getHost() != null;
            case "file" -> uri.getPath() != null;
            default -> false;
          };
      return known ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String option(String options, String name) {
    for (String option : options.strip().split("\\s+", -1)) {
      if (option.toLowerCase(Locale.ROOT).startsWith(name + "=")) {
        return option.substring(name.length() + 1);
      }
    }
    return "";
  }

  private static Release.Dates dates(String checkValidUntil) {
    return isNo(checkValidUntil) ? Release.Dates.EXPIRY_IGNORED : Release.Dates.CHECKED;
  }

  private static boolean isNo(String word) {
    return word.matches("(?i)no|false|without|off|disable|0");
  }
}
