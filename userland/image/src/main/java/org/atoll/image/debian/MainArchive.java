package org.atoll.image.debian;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.atoll.image.root.ImageException;

/**
 * The search for Debian's main archive among what apt is set up with: the first source that serves
 * the suite, signed for apt, and says that it is Debian's.
 */
public final class MainArchive {
  private static final String ORIGIN = "Debian";

  private final Apt apt;
  private final Archive.Opener opener;

  public MainArchive(Apt apt, Archive.Opener opener) {
    this.apt = apt;
    this.opener = opener;
  }

  /** The archive that the options name, or the one that is found. */
  public Archive find(SourceOptions options) throws IOException {
    if (options.mirror().isPresent()) {
      AptSource named = new AptSource(options.mirror().get(), "", Release.Dates.CHECKED);
      return open(named, options);
    }
    List<String> tried = new ArrayList<>();
    for (AptSource source : candidates()) {
      try {
        Archive archive = open(source, options);
        if (!archive.release().origin().equals(ORIGIN)) {
          tried.add(archive.address() + " is not Debian's main archive");
        } else if (archive.hasIndex()) {
          return archive;
        } else {
          tried.add(archive.address() + " has no riscv64 in " + options.suite());
        }
      } catch (IOException e) {
        tried.add(e.getMessage());
      }
    }
    String why = tried.isEmpty() ? "it has no usable source" : String.join("; ", tried);
    throw new ImageException(
        "this machine's apt has no archive with "
            + options.suite()
            + " ("
            + why
            + "): pass --mirror");
  }

  private Archive open(AptSource source, SourceOptions options) throws IOException {
    Keyring keyring =
        options.keyring().isPresent()
            ? Keyring.read(List.of(options.keyring().get()))
            : apt.keyring(source);
    try {
      return opener.open(source, keyring, options.suite());
    } catch (FileNotFoundException e) {
      throw new ImageException(
          Fetcher.shown(source.mirror()) + " does not serve " + options.suite(), e);
    }
  }

  /** Each mirror once: apt lists one for several suites. */
  private Set<AptSource> candidates() {
    return new LinkedHashSet<>(apt.sources());
  }
}
