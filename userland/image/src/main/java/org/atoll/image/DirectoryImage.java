package org.atoll.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.atoll.image.root.EntryType;
import org.atoll.image.root.ImageException;

/** An unpacked root in a directory of the host; everything in it belongs to root. */
final class DirectoryImage implements Image {
  private static final int MODE_BITS = 07777;
  private static final int FORMAT_BITS = 0170000;
  private static final int FIFO_BITS = 0010000;

  private final Path root;
  private final List<ImageEntry> entries = new ArrayList<>();
  private final Map<Object, String> firstNames = new HashMap<>();

  private DirectoryImage(Path root) {
    this.root = root;
  }

  static DirectoryImage read(Path root) throws IOException {
    DirectoryImage image = new DirectoryImage(root);
    image.add(root, "");
    return image;
  }

  @Override
  public List<ImageEntry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public ByteBuffer content(ImageEntry entry) throws IOException {
    try (FileChannel file = FileChannel.open(root.resolve(entry.path()))) {
      return file.map(FileChannel.MapMode.READ_ONLY, 0, file.size());
    }
  }

  @Override
  public InputStream stream(ImageEntry entry) throws IOException {
    return Files.newInputStream(root.resolve(entry.path()));
  }

  private void add(Path folder, String prefix) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.sorted().toList();
    }
    for (Path file : files) {
      String path = prefix + file.getFileName();
      ImageEntry entry = entry(file, path);
      entries.add(entry);
      if (entry.type() == EntryType.DIRECTORY) {
        add(file, path + "/");
      }
    }
  }

  private ImageEntry entry(Path file, String path) throws IOException {
    BasicFileAttributes facts =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    EntryType type = type(file, path, mode);
    String target = type == EntryType.SYMLINK ? Files.readSymbolicLink(file).toString() : "";
    if (type == EntryType.FILE) {
      String first = firstNames.putIfAbsent(facts.fileKey(), path);
      type = first == null ? type : EntryType.HARD_LINK;
      target = first == null ? target : first;
    }
    long size = type == EntryType.FILE ? facts.size() : 0;
    long mtime = facts.lastModifiedTime().toInstant().getEpochSecond();
    return new ImageEntry(path, type, mode & MODE_BITS, 0, 0, mtime, size, target, 0);
  }

  private static EntryType type(Path file, String path, int mode) throws ImageException {
    if (Files.isSymbolicLink(file)) {
      return EntryType.SYMLINK;
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      return EntryType.DIRECTORY;
    }
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return EntryType.FILE;
    }
    if ((mode & FORMAT_BITS) == FIFO_BITS) {
      return EntryType.FIFO;
    }
    throw new ImageException("an image cannot hold " + path + ", a device or socket");
  }
}
