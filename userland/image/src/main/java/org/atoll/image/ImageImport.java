package org.atoll.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.atoll.image.root.Attributes;
import org.atoll.image.root.ImageException;
import org.atoll.image.root.RootTree;
import org.atoll.image.root.TarReader;
import org.tukaani.xz.XZInputStream;

/** One import: what others have packed, brought into our own form. */
final class ImageImport {
  private static final int XZ_MEMORY_KIB_MAX = 256 * 1024;
  private static final int MAGIC_BYTES = 6;

  private final ImageStore store;
  private final Path from;

  ImageImport(ImageStore store, Path from) {
    this.store = store;
    this.from = from;
  }

  /** Imports and publishes; the caller holds the image's lock. */
  Manifest run(String name) throws IOException {
    List<Path> layers = layers();
    try (RootTree tree = new RootTree(store.folder(), (later, earlier) -> true)) {
      for (Path layer : layers) {
        add(layer, tree);
      }
      tree.settle(Attributes.ofRoot(0755, tree.newestSeconds(), from.toString()));
      Manifest.Source source = new Manifest.Source(from.toString(), "", "", "");
      return store.publish(name, ImageBuild.RECIPE, tree, source, List.of());
    }
  }

  private List<Path> layers() throws IOException {
    if (Files.isDirectory(from)) {
      return new OciLayout(from).layers();
    }
    if (!Files.isRegularFile(from)) {
      throw new ImageException("there is nothing to import at " + from);
    }
    return List.of(from);
  }

  private void add(Path layer, RootTree tree) throws IOException {
    try (InputStream first = plain(layer);
        InputStream second = plain(layer)) {
      new TarReader(first, layer.toString()).hideLower(tree);
      new TarReader(second, layer.toString()).addLayerTo(tree);
    } catch (ImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new ImageException("cannot import " + layer + ": " + e.getMessage(), e);
    }
  }

  private static InputStream plain(Path layer) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(layer));
    in.mark(MAGIC_BYTES);
    byte[] magic = in.readNBytes(MAGIC_BYTES);
    in.reset();
    if (startsWith(magic, 0x1f, 0x8b)) {
      return new GZIPInputStream(in);
    }
    if (startsWith(magic, 0xfd, '7', 'z', 'X', 'Z', 0)) {
      return new XZInputStream(in, XZ_MEMORY_KIB_MAX);
    }
    if (startsWith(magic, 0x28, 0xb5, 0x2f, 0xfd)) {
      in.close();
      throw new ImageException(layer + " is compressed by zstd: unpack it first");
    }
    return in;
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
