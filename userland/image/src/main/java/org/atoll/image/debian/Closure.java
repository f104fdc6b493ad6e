package org.atoll.image.debian;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.atoll.image.root.ImageException;

/**
 * The packages that a set of wanted ones needs, they included.
 *
 * <p>As apt does without a solver: what is wanted comes first; a dependency that something chosen
 * already satisfies adds nothing; otherwise the first alternative that the archive has is taken.
 * Recommended packages are left out. Choices are not taken back: when they conflict, it says so.
 */
public final class Closure {
  private final PackageIndex index;
  private final NavigableMap<String, DebPackage> chosen = new TreeMap<>();
  private final Deque<DebPackage> open = new ArrayDeque<>();

  private Closure(PackageIndex index) {
    this.index = index;
  }

  /**
   * The closure, sorted by name.
   *
   * @param wanted names of packages, each maybe with {@code =version}
   * @throws ImageException when a package is missing or two of them conflict
   */
  public static Collection<DebPackage> of(PackageIndex index, Collection<String> wanted)
      throws IOException {
    Closure closure = new Closure(index);
    for (String name : wanted) {
      closure.want(name);
    }
    while (!closure.open.isEmpty()) {
      closure.follow(closure.open.removeFirst());
    }
    closure.checkConflicts();
    return List.copyOf(closure.chosen.values());
  }

  private void want(String text) throws IOException {
    int equals = text.indexOf('=');
    String relation =
        equals < 0 ? text : text.substring(0, equals) + " (= " + text.substring(equals + 1) + ")";
    List<Relation> one = Relation.parseFlat(relation);
    if (one.size() != 1) {
      throw new ImageException("'" + text + "' is not the name of one package");
    }
    choose(
        index
            .best(one.getFirst())
            .orElseThrow(() -> new ImageException("the archive has no package " + one.getFirst())));
  }

  private void follow(DebPackage deb) throws IOException {
    for (List<Relation> alternatives : Relation.parse(deb.depends())) {
      if (!isSatisfied(alternatives)) {
        choose(firstOf(deb, alternatives));
      }
    }
  }

  private DebPackage firstOf(DebPackage deb, List<Relation> alternatives) throws IOException {
    for (Relation relation : alternatives) {
      Optional<DebPackage> best = index.best(relation);
      if (best.isPresent()) {
        return best.get();
      }
    }
    throw new ImageException(deb + " needs " + text(alternatives) + ", which the archive lacks");
  }

  private boolean isSatisfied(List<Relation> alternatives) throws IOException {
    for (Relation relation : alternatives) {
      for (DebPackage deb : chosen.values()) {
        if (deb.satisfies(relation)) {
          return true;
        }
      }
    }
    return false;
  }

  private void choose(DebPackage deb) throws ImageException {
    DebPackage other = chosen.putIfAbsent(deb.name(), deb);
    if (other == null) {
      open.addLast(deb);
    } else if (!other.equals(deb)) {
      throw new ImageException(
          deb.name() + " is needed as " + deb.version() + " and as " + other.version());
    }
  }

  private void checkConflicts() throws IOException {
    for (DebPackage deb : chosen.values()) {
      for (Relation relation : Relation.parseFlat(deb.conflicts())) {
        for (DebPackage other : chosen.values()) {
          if (!other.name().equals(deb.name()) && other.satisfies(relation)) {
            throw new ImageException(deb + " cannot be in one image with " + other);
          }
        }
      }
    }
  }

  private static String text(List<Relation> alternatives) {
    return String.join(" | ", alternatives.stream().map(Relation::toString).toList());
  }
}
