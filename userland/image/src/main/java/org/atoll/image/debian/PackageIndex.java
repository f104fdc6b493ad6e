package org.atoll.image.debian;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All packages of one suite, component and architecture, by the names they have and provide. */
public final class PackageIndex {
  /** From what every system has to what only those who ask for it have (Debian Policy 2.5). */
  private static final List<String> PRIORITIES =
      List.of("required", "important", "standard", "optional");

  private static final Comparator<DebPackage> NEWEST_FIRST =
      Comparator.comparing(DebPackage::version).reversed();

  private static final Comparator<DebPackage> MOST_USUAL_FIRST =
      Comparator.comparingInt(PackageIndex::rank)
          .thenComparing(DebPackage::name)
          .thenComparing(NEWEST_FIRST);

  private final Map<String, List<DebPackage>> byName = new HashMap<>();
  private final Map<String, List<DebPackage>> byProvided = new HashMap<>();

  /** Reads an uncompressed Packages file. */
  public static PackageIndex read(InputStream in) throws IOException {
    PackageIndex index = new PackageIndex();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    Optional<Stanza> stanza = Stanza.read(lines);
    while (stanza.isPresent()) {
      index.add(DebPackage.of(stanza.get()));
      stanza = Stanza.read(lines);
    }
    index.byName.values().forEach(list -> list.sort(NEWEST_FIRST));
    index.byProvided.values().forEach(list -> list.sort(MOST_USUAL_FIRST));
    return index;
  }

  /** The newest package of this name. */
  public Optional<DebPackage> newest(String name) {
    return byName.getOrDefault(name, List.of()).stream().findFirst();
  }

  /**
   * The package that a relation asks for: the newest of that name, or the most usual one (by
   * priority, then by name) of those that provide it.
   */
  public Optional<DebPackage> best(Relation relation) throws IOException {
    for (DebPackage candidate : byName.getOrDefault(relation.name(), List.of())) {
      if (candidate.satisfies(relation)) {
        return Optional.of(candidate);
      }
    }
    for (DebPackage candidate : byProvided.getOrDefault(relation.name(), List.of())) {
      if (candidate.satisfies(relation)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private void add(DebPackage deb) throws IOException {
    byName.computeIfAbsent(deb.name(), name -> new ArrayList<>(1)).add(deb);
    if (!deb.provides().isEmpty()) {
      for (Relation provided : Relation.parseFlat(deb.provides())) {
        byProvided.computeIfAbsent(provided.name(), name -> new ArrayList<>(1)).add(deb);
      }
    }
  }

  private static int rank(DebPackage deb) {
    int rank = PRIORITIES.indexOf(deb.priority());
    return rank < 0 ? PRIORITIES.size() : rank;
  }
}
