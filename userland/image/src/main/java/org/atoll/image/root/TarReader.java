package org.atoll.image.root;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads any tar that others made, entry by entry, into a root. */
public final class TarReader {
  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private final TarArchiveInputStream tar;
  private final String origin;

  /**
   * A reader at the start of an uncompressed tar.
   *
   * @param origin the package or file that the tar comes from
   */
  public TarReader(InputStream in, String origin) {
    this.tar = new TarArchiveInputStream(in, StandardCharsets.UTF_8.name());
    this.origin = origin;
  }

  /** Adds every entry to the tree. */
  public void addTo(RootTree tree) throws IOException {
    for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
      add(e, tree);
    }
  }

  /**
   * Adds every entry to the tree over what is there, as a layer of a container image does.
   *
   * <p>Its whiteouts are for layers below it: {@link #hideLower} has to be called before, with
   * another reader of the same tar.
   */
  public void addLayerTo(RootTree tree) throws IOException {
    for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
      String path = RootPath.clean(e.getName());
      if (RootPath.name(path).startsWith(WHITEOUT)) {
        continue;
      }
      if (!e.isDirectory()) {
        tree.remove(path);
      }
      add(e, tree);
    }
  }

  /** Takes away what the layer's whiteouts name (OCI image format, "Whiteouts"). */
  public void hideLower(RootTree tree) throws IOException {
    for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
      String path = RootPath.clean(e.getName());
      String name = RootPath.name(path);
      if (name.equals(OPAQUE)) {
        tree.clear(RootPath.parent(path));
      } else if (name.startsWith(WHITEOUT)) {
        String hidden = name.substring(WHITEOUT.length());
        tree.remove(RootPath.join(RootPath.parent(path), hidden));
      }
    }
  }

  /** The contents of the first file of that name; empty when there is none. */
  public byte[] content(String path, int bytesMax) throws IOException {
    for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
      if (RootPath.clean(e.getName()).equals(path)) {
        if (e.getSize() > bytesMax) {
          throw new ImageException("refused: " + path + " of " + origin + " is too long");
        }
        return tar.readAllBytes();
      }
    }
    return new byte[0];
  }

  private void add(TarArchiveEntry entry, RootTree tree) throws IOException {
    String path = RootPath.clean(entry.getName());
    Attributes attributes = attributes(entry);
    if (entry.isSymbolicLink()) {
      tree.symlink(path, attributes, entry.getLinkName());
    } else if (entry.isLink()) {
      tree.hardLink(path, entry.getLinkName());
    } else if (entry.isDirectory()) {
      tree.directory(path, attributes);
    } else if (entry.isFIFO()) {
      tree.fifo(path, attributes);
    } else if (entry.isFile() && !entry.isSparse() && !isDevice(entry)) {
      tree.file(path, attributes, tar, entry.getSize());
    } else {
      throw new ImageException("refused: /" + path + " of " + origin + " is a device or sparse");
    }
  }

  private Attributes attributes(TarArchiveEntry entry) {
    return new Attributes(
        entry.getMode(),
        Math.toIntExact(entry.getLongUserId()),
        Math.toIntExact(entry.getLongGroupId()),
        Math.floorDiv(entry.getLastModifiedTime().toMillis(), 1000),
        origin);
  }

  private static boolean isDevice(TarArchiveEntry entry) {
    return entry.isBlockDevice() || entry.isCharacterDevice();
  }
}
