package org.atoll.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atoll.image.debian.Alternative;
import org.atoll.image.debian.Archive;
import org.atoll.image.debian.Closure;
import org.atoll.image.debian.DebFile;
import org.atoll.image.debian.DebPackage;
import org.atoll.image.debian.PackageIndex;
import org.atoll.image.debian.Progress;
import org.atoll.image.debian.Relation;
import org.atoll.image.debian.Release;
import org.atoll.image.root.RootTree;

/** One build of an image: from the names of packages to the tar in the store. */
final class ImageBuild {
  /** Raised whenever the same packages would give another image. */
  static final int RECIPE = 1;

  private static final String BUSYBOX_PACKAGE = "busybox-static";

  private final Archive archive;
  private final ImageStore store;
  private final Progress progress;

  ImageBuild(Archive archive, ImageStore store, Progress progress) {
    this.archive = archive;
    this.store = store;
    this.progress = progress;
  }

  /** Builds and publishes; the caller holds the image's lock. */
  Manifest run(BuildOptions options) throws IOException {
    progress.line("Reading the packages of " + options.source().suite());
    PackageIndex index = archive.packages();
    Map<String, DebPackage> chosen = new HashMap<>();
    Collection<DebPackage> debs = Closure.of(index, wanted(options));
    debs.forEach(deb -> chosen.put(deb.name(), deb));
    try (RootTree tree = new RootTree(store.folder(), (a, b) -> mayReplace(chosen, a, b))) {
      fill(tree, debs);
      progress.line("Writing the image " + options.name());
      return store.publish(
          options.name(),
          RECIPE,
          tree,
          source(options),
          debs.stream().map(ImageBuild::described).toList());
    }
  }

  private void fill(RootTree tree, Collection<DebPackage> debs) throws IOException {
    RootLayout.mergeUsr(tree);
    List<Alternative> alternatives = new ArrayList<>();
    for (DebPackage deb : debs) {
      alternatives.addAll(new DebFile(archive.fetch(deb), deb.name()).unpack(tree));
    }
    RootLayout layout = new RootLayout(tree);
    layout.alternatives(alternatives);
    layout.applets();
    layout.skeleton();
  }

  private static List<String> wanted(BuildOptions options) {
    List<String> wanted = new ArrayList<>(options.packages());
    boolean has = wanted.stream().anyMatch(name -> name.matches("busybox(-static)?(=.*)?"));
    if (options.busybox() == BuildOptions.Busybox.FILLS_IN && !has) {
      wanted.add(BUSYBOX_PACKAGE);
    }
    return wanted;
  }

  /** As dpkg decides it: by the field Replaces of the one that comes later, in either order. */
  private static boolean mayReplace(Map<String, DebPackage> chosen, String later, String earlier) {
    DebPackage a = chosen.get(later);
    DebPackage b = chosen.get(earlier);
    return a != null && b != null && replaces(a, b);
  }

  private static boolean replaces(DebPackage a, DebPackage b) {
    try {
      for (Relation relation : Relation.parseFlat(a.replaces())) {
        if (b.satisfies(relation)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      // A field that cannot be read allows nothing.
      return false;
    }
  }

  private Manifest.Source source(BuildOptions options) {
    Release release = archive.release();
    return new Manifest.Source(
        archive.address(), options.source().suite(), release.date().toString(), release.signer());
  }

  private static Manifest.Deb described(DebPackage deb) {
    return new Manifest.Deb(deb.name(), deb.version().text(), deb.file().sha256());
  }
}
