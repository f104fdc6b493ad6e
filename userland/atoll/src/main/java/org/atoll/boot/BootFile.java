package org.atoll.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.atoll.image.Image;
import org.atoll.image.ImageEntry;
import org.atoll.image.root.EntryType;
import org.atoll.programs.Java;
import org.atoll.programs.OnNode;
import org.atoll.programs.Vps;

/**
 * A file that the root file system is filled with at boot.
 *
 * @param path from the root, without a leading slash
 * @param kind what it is
 * @param mode permissions, 07777
 * @param uid owner
 * @param gid group
 * @param device number of a device, otherwise 0
 * @param modifiedSeconds time of the last change, since the Epoch, or {@link #NOW}
 * @param target of a symbolic link, or the path that a hard link is another name of
 * @param contents of a regular file
 */
record BootFile(
    String path,
    Kind kind,
    int mode,
    int uid,
    int gid,
    long device,
    long modifiedSeconds,
    String target,
    ByteBuffer contents) {

  /** Kinds, with the bits of {@code st_mode}. */
  enum Kind {
    REGULAR(0x8000),
    DIRECTORY(0x4000),
    SYMLINK(0xa000),
    FIFO(0x1000),
    HARD_LINK(0);

    /** Type bits of {@code st_mode}. */
    final int bits;

    Kind(int bits) {
      this.bits = bits;
    }
  }

  /** As a time: that of the boot. */
  static final long NOW = -1;

  private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /**
   * All files of an image, then the programs that every VOS has, with the folders for them that the
   * image lacks.
   */
  static List<BootFile> all(Image image) {
    List<BootFile> files = new ArrayList<>();
    for (ImageEntry entry : image.entries()) {
      files.add(of(image, entry));
    }
    addOwn(files);
    return files;
  }

  /** The programs alone. */
  static List<BootFile> own() {
    List<BootFile> files = new ArrayList<>();
    addOwn(files);
    return files;
  }

  private static void addOwn(List<BootFile> files) {
    for (String folder : List.of("usr", "usr/bin")) {
      if (files.stream().noneMatch(file -> file.path().equals(folder))) {
        files.add(new BootFile(folder, Kind.DIRECTORY, 0755, 0, 0, 0, NOW, "", EMPTY));
      }
    }
    addProgram(files, "usr/bin/onnode", OnNode.executable());
    addProgram(files, "usr/bin/java", Java.executable());
    addProgram(files, "usr/bin/vps", Vps.executable());
  }

  private static BootFile of(Image image, ImageEntry e) {
    Kind kind =
        switch (e.type()) {
          case FILE -> Kind.REGULAR;
          case DIRECTORY -> Kind.DIRECTORY;
          case SYMLINK -> Kind.SYMLINK;
          case HARD_LINK -> Kind.HARD_LINK;
          case FIFO -> Kind.FIFO;
        };
    return new BootFile(
        e.path(),
        kind,
        e.mode(),
        e.uid(),
        e.gid(),
        0,
        e.mtimeSeconds(),
        e.linkTarget(),
        e.type() == EntryType.FILE ? contents(image, e) : EMPTY);
  }

  private static ByteBuffer contents(Image image, ImageEntry entry) {
    try {
      return image.content(entry);
    } catch (IOException e) {
      throw new UncheckedIOException("image: cannot read " + entry.path(), e);
    }
  }

  private static void addProgram(List<BootFile> files, String path, byte[] executable) {
    files.add(
        new BootFile(
            path,
            Kind.REGULAR,
            0755,
            0,
            0,
            0,
            0,
            "",
            ByteBuffer.wrap(executable).asReadOnlyBuffer()));
  }
}
