package org.atoll.image;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.atoll.image.debian.Downloads;
import org.atoll.image.debian.Progress;
import org.atoll.image.root.ImageException;
import org.atoll.image.root.RootTree;
import org.atoll.image.root.TarWriter;

/**
 * The folder of a user's images: {@code NAME.tar} and {@code NAME.json} for each. A name appears,
 * and changes, all at once; who makes an image holds its lock.
 */
final class ImageStore {
  private static final Duration LOCK_POLL = Duration.ofMillis(50);

  private final Path folder;

  ImageStore(Path folder) {
    this.folder = folder;
  }

  /** Where a user's cache is (XDG Base Directory Specification). */
  static Path cacheHome(Map<String, String> environment, Path home) {
    String set = environment.getOrDefault("XDG_CACHE_HOME", "");
    return set.startsWith("/") ? Path.of(set) : home.resolve(".cache");
  }

  Path folder() throws IOException {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ImageException(
          "cannot make " + folder + ", where images are kept (XDG_CACHE_HOME names another place)",
          e);
    }
  }

  Path tar(String name) throws ImageException {
    return folder.resolve(checked(name) + ".tar");
  }

  /** The manifest of an image; empty when it is not there or only half of it. */
  Optional<Manifest> manifest(String name) throws IOException {
    Path file = folder.resolve(checked(name) + ".json");
    Path tar = tar(name);
    if (!Files.isRegularFile(file) || !Files.isRegularFile(tar)) {
      return Optional.empty();
    }
    Manifest manifest = Manifest.parse(Files.readString(file));
    boolean whole = Files.size(tar) == manifest.tar().sizeBytes();
    return whole ? Optional.of(manifest) : Optional.empty();
  }

  /** The names of all images, sorted. */
  List<String> names() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".json") && !name.startsWith(".")) {
          names.add(name.substring(0, name.length() - ".json".length()));
        }
      }
    }
    return names;
  }

  /** Writes an image and its manifest. The caller holds the lock. */
  Manifest publish(
      String name, int recipe, RootTree tree, Manifest.Source source, List<Manifest.Deb> packages)
      throws IOException {
    Path part = UnfinishedFiles.create(folder());
    try {
      Manifest.Tar written = write(tree, part);
      Manifest manifest = new Manifest(name, recipe, source, packages, written);
      Path json = UnfinishedFiles.create(folder());
      Files.writeString(json, manifest.write());
      Files.move(part, tar(name), StandardCopyOption.ATOMIC_MOVE);
      Files.move(json, folder.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
      return manifest;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  void remove(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(checked(name) + ".json"));
    Files.deleteIfExists(tar(name));
  }

  /** Waits until nobody else makes this image; gone when it is closed or the process ends. */
  Closeable lock(String name, Progress progress) throws IOException {
    FileChannel image = lockImage(name, progress);
    try {
      Closeable parts = UnfinishedFiles.hold(folder());
      return () -> {
        try (image) {
          parts.close();
        }
      };
    } catch (IOException | RuntimeException e) {
      image.close();
      throw e;
    }
  }

  private FileChannel lockImage(String name, Progress progress) throws IOException {
    Path file = folder().resolve("." + checked(name) + ".lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean told = false;
    while (!tryLock(channel)) {
      if (!told) {
        progress.line("Waiting for another process that makes the image " + name);
        told = true;
      }
      pause(channel);
    }
    return channel;
  }

  private static Manifest.Tar write(RootTree tree, Path part) throws IOException {
    MessageDigest digest = Downloads.sha256();
    try (OutputStream file = Files.newOutputStream(part)) {
      int entries = TarWriter.write(tree, new DigestOutputStream(file, digest));
      return new Manifest.Tar(Files.size(part), HexFormat.of().formatHex(digest.digest()), entries);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // Held by another thread of this process, which the host does not wait for.
      return false;
    }
  }

  private static void pause(FileChannel channel) throws IOException {
    try {
      Thread.sleep(LOCK_POLL);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new ImageException("interrupted while waiting for another process", e);
    }
  }

  private static String checked(String name) throws ImageException {
    if (!name.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
      throw new ImageException(
          "'" + name + "' is no name for an image: use small letters, digits and . _ -");
    }
    return name;
  }
}
