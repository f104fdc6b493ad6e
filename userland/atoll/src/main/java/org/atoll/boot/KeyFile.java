package org.atoll.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.atoll.drivers.link.LinkKey;

/**
 * The file that brings the key of the node link to the processes of the other nodes: of mode 0600,
 * in a folder of its own that goes with it.
 *
 * <p>Every node removes it at its end, so that nothing stays when node 0 is killed: who finds it
 * gone already is content.
 *
 * @param path the file
 */
public record KeyFile(Path path) {

  /** Where a new key can be made; the folder is there, the file is not. */
  static KeyFile inNewFolder() throws IOException {
    return new KeyFile(Files.createTempDirectory("atoll-").resolve("key"));
  }

  /** Makes the file, with a new key. */
  LinkKey make() throws IOException {
    return LinkKey.create(path);
  }

  /** Reads the key. */
  LinkKey read() throws IOException {
    return LinkKey.read(path);
  }

  /** Removes file and folder. */
  void remove() {
    try {
      Files.deleteIfExists(path);
      Files.deleteIfExists(path.toAbsolutePath().getParent());
    } catch (IOException e) {
      LinuxNode.complain("cannot remove the key " + path + ": " + e.getMessage());
    }
  }
}
