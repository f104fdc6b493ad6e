package org.atoll.image;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atoll.image.debian.Apt;
import org.atoll.image.debian.Archive;
import org.atoll.image.debian.Downloads;
import org.atoll.image.debian.Fetcher;
import org.atoll.image.debian.MainArchive;
import org.atoll.image.debian.Progress;
import org.atoll.image.debian.SourceOptions;
import org.atoll.image.root.ImageException;

/**
 * The images of one user: what {@code atoll image} and {@code atoll run} ask for. Every error is an
 * {@link IOException} whose message is one line for the user.
 */
public final class Images {
  /** The image that is made on first use. */
  public static final String BASE = "base";

  private final ImageStore store;
  private final Machine machine;
  private final Progress progress;

  /**
   * What the images take from the machine they are made on.
   *
   * @param cache the folder that Atoll keeps in the user's cache
   * @param root where apt's settings are, {@code /} but for tests
   */
  public record Machine(
      Path cache, Path root, Map<String, String> environment, InstantSource clock) {
    /** This machine and its user. */
    public static Machine here() {
      Map<String, String> environment = System.getenv();
      Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
      return new Machine(
          ImageStore.cacheHome(environment, home).resolve("atoll"),
          Path.of("/"),
          environment,
          InstantSource.system());
    }
  }

  public Images(Machine machine, Progress progress) {
    this.machine = machine;
    this.progress = progress;
    this.store = new ImageStore(machine.cache().resolve("images"));
  }

  /** The base image's tar; made when it is not there yet or made by older rules. */
  public Path ensureBase(SourceOptions source) throws IOException {
    if (!isCurrent(source)) {
      try (Closeable _ = store.lock(BASE, progress)) {
        if (!isCurrent(source)) {
          progress.line("Making the base image, once");
          BuildOptions options =
              new BuildOptions(BASE, List.of(), BuildOptions.Busybox.FILLS_IN, source);
          new ImageBuild(archive(source), store, progress).run(options);
        }
      }
    }
    return store.tar(BASE);
  }

  /** Builds an image, over one that has its name. */
  public ImageInfo build(BuildOptions options) throws IOException {
    Path tar = store.tar(options.name());
    try (Closeable _ = store.lock(options.name(), progress)) {
      Archive archive = archive(options.source());
      return new ImageInfo(tar, new ImageBuild(archive, store, progress).run(options));
    }
  }

  /**
   * Makes an image out of a tar (plain, gzip or xz) or out of a folder in OCI's image layout, over
   * one that has its name.
   */
  public ImageInfo importFrom(String name, Path from) throws IOException {
    Path tar = store.tar(name);
    try (Closeable _ = store.lock(name, progress)) {
      progress.line("Importing " + from);
      return new ImageInfo(tar, new ImageImport(store, from).run(name));
    }
  }

  /** All images, sorted by name. */
  public List<ImageInfo> list() throws IOException {
    List<ImageInfo> all = new ArrayList<>();
    for (String name : store.names()) {
      Optional<Manifest> manifest = store.manifest(name);
      if (manifest.isPresent()) {
        all.add(new ImageInfo(store.tar(name), manifest.get()));
      }
    }
    return all;
  }

  /** What one image is made of. */
  public ImageInfo inspect(String name) throws IOException {
    return new ImageInfo(store.tar(name), store.manifest(name).orElseThrow(() -> missing(name)));
  }

  /** Where the image is that {@code --image} names: a path with a slash in it, or a name. */
  public Path locate(String nameOrPath) throws IOException {
    if (nameOrPath.contains("/")) {
      Path path = Path.of(nameOrPath);
      if (!Files.exists(path)) {
        throw missing(nameOrPath);
      }
      return path;
    }
    return nameOrPath.equals(BASE) ? ensureBase(SourceOptions.ofApt()) : inspect(nameOrPath).tar();
  }

  /** Takes an image away; what it was made of stays among the downloads. */
  public void remove(String name) throws IOException {
    try (Closeable _ = store.lock(name, progress)) {
      if (store.manifest(name).isEmpty() && !Files.exists(store.tar(name))) {
        throw missing(name);
      }
      store.remove(name);
    }
  }

  private boolean isCurrent(SourceOptions source) throws IOException {
    return store
        .manifest(BASE)
        .filter(m -> m.recipe() == ImageBuild.RECIPE && m.source().suite().equals(source.suite()))
        .isPresent();
  }

  private Archive archive(SourceOptions source) throws IOException {
    Apt apt = Apt.read(machine.root(), machine.environment());
    Downloads downloads =
        new Downloads(store.folder().resolve("downloads"), new Fetcher(apt.proxies()));
    return new MainArchive(apt, new Archive.Opener(downloads, machine.clock(), progress))
        .find(source);
  }

  private static ImageException missing(String name) {
    return new ImageException("there is no image " + name + " (atoll image ls shows all)");
  }
}
