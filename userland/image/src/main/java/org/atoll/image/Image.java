package org.atoll.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.atoll.image.root.ImageException;

/**
 * A root image that is open for reading. Every start of a VOS goes through here, so it is quick: it
 * looks at headers alone, and maps what is large.
 *
 * <p>It is never closed: contents that were given out stay valid as long as somebody holds them.
 */
public sealed interface Image permits TarImage, DirectoryImage {

  /**
   * Opens a tar that {@link Images} has made, or a directory (for tests; everything in it belongs
   * to root).
   *
   * @throws ImageException when it is neither; any other tar has to be imported first
   */
  static Image open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return DirectoryImage.read(path);
    }
    if (!Files.isRegularFile(path)) {
      throw new ImageException("there is no image " + path);
    }
    return TarImage.read(path);
  }

  /**
   * All files, each directory before what is in it; the root directory itself is not among them.
   */
  List<ImageEntry> entries();

  /** A file's contents, read only; for files under 1 GiB, larger ones are to be streamed. */
  ByteBuffer content(ImageEntry entry) throws IOException;

  /** A file's contents from their start. */
  InputStream stream(ImageEntry entry) throws IOException;
}
