package org.atoll.image.debian;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atoll.image.root.ImageException;

/**
 * One package named in a relationship field (Debian Policy 7.1), with the versions that it is
 * about.
 *
 * @param operator one of {@code << <= = >= >>}, or empty when every version is meant
 */
public record Relation(String name, String operator, Optional<DebVersion> version) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "([A-Za-z0-9][A-Za-z0-9+.-]*)(?::[a-z0-9-]+)?\\s*(?:\\(\\s*(<<|<=|=|>=|>>|<|>)\\s*([^\\s)]+)"
              + "\\s*\\))?(?:\\s*\\[[^]]*])?");

  /** Reads a field: alternatives are joined by {@code |}, groups of them by commas. */
  public static List<List<Relation>> parse(String field) throws ImageException {
    List<List<Relation>> groups = new ArrayList<>();
    for (String group : field.split(",", -1)) {
      if (group.isBlank()) {
        continue;
      }
      List<Relation> alternatives = new ArrayList<>();
      for (String one : group.split("\\|", -1)) {
        alternatives.add(parseOne(one.strip()));
      }
      groups.add(alternatives);
    }
    return groups;
  }

  /** Reads a field that has no alternatives, such as Provides or Conflicts. */
  public static List<Relation> parseFlat(String field) throws ImageException {
    return parse(field).stream().flatMap(List::stream).toList();
  }

  /** Whether a package of this name and version is meant. */
  public boolean accepts(String candidate, DebVersion candidateVersion) {
    return name.equals(candidate) && acceptsVersion(candidateVersion);
  }

  /**
   * Whether what a package says it provides is meant; without a version it fits only any version.
   */
  public boolean acceptsProvided(Relation provided) {
    if (!name.equals(provided.name)) {
      return false;
    }
    return operator.isEmpty() || provided.version.filter(this::acceptsVersion).isPresent();
  }

  @Override
  public String toString() {
    return name + version.map(v -> " (" + operator + " " + v + ")").orElse("");
  }

  private boolean acceptsVersion(DebVersion candidate) {
    int order = version.map(candidate::compareTo).orElse(0);
    return switch (operator) {
      case "<<" -> order < 0;
      // A lone < or > is an old way to write <= or >= (deb-control(5)).
      case "<=", "<" -> order <= 0;
      case "=" -> order == 0;
      case ">=", ">" -> order >= 0;
      case ">>" -> order > 0;
      default -> true;
    };
  }

  private static Relation parseOne(String text) throws ImageException {
    Matcher match = SHAPE.matcher(text);
    if (!match.matches()) {
      throw new ImageException("'" + text + "' is not a relation to a package");
    }
    String operator = match.group(2) == null ? "" : match.group(2);
    return new Relation(
        match.group(1), operator, Optional.ofNullable(match.group(3)).map(DebVersion::new));
  }
}
