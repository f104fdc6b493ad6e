package org.atoll.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atoll.image.debian.Downloads;
import org.atoll.image.root.ImageException;

/** A folder in OCI's image layout, of which the image for riscv64 is taken. */
final class OciLayout {
  private static final String ARCHITECTURE = "riscv64";
  private static final int NESTING_MAX = 4;
  private static final long JSON_BYTES_MAX = 16 << 20;

  private final Path folder;

  OciLayout(Path folder) {
    this.folder = folder;
  }

  /** The layers from the lowest on; every file on the way has the hash that it is named by. */
  List<Path> layers() throws IOException {
    if (!Files.isRegularFile(folder.resolve("oci-layout"))) {
      throw new ImageException(folder + " is no OCI image layout: it has no file oci-layout");
    }
    Json manifest = manifest(json(folder.resolve("index.json")), 0);
    checkArchitecture(json(blob(manifest.get("config"))));
    List<Path> layers = new ArrayList<>();
    for (Json layer : manifest.get("layers").items()) {
      layers.add(blob(layer));
    }
    return layers;
  }

  private Json manifest(Json index, int depth) throws IOException {
    if (depth > NESTING_MAX) {
      throw new ImageException(folder + " has an index within an index without end");
    }
    for (Json descriptor : index.get("manifests").items()) {
      String architecture = descriptor.get("platform").get("architecture").asText();
      if (architecture.isEmpty() || architecture.equals(ARCHITECTURE)) {
        Json found = json(blob(descriptor));
        return found.get("manifests").items().isEmpty() ? found : manifest(found, depth + 1);
      }
    }
    throw new ImageException(folder + " has no image for " + ARCHITECTURE);
  }

  private void checkArchitecture(Json config) throws ImageException {
    String architecture = config.get("architecture").asText();
    if (!architecture.equals(ARCHITECTURE)) {
      throw new ImageException(folder + " is an image for " + architecture + ", not riscv64");
    }
  }

  private Path blob(Json descriptor) throws IOException {
    String digest = descriptor.get("digest").asText();
    if (!digest.matches("sha256:[0-9a-f]{64}")) {
      throw new ImageException(folder + " names a blob '" + digest + "', which is no SHA-256");
    }
    String hex = digest.substring("sha256:".length());
    Path file = folder.resolve("blobs/sha256").resolve(hex);
    if (!Files.isRegularFile(file) || !Downloads.sha256(file).equals(hex)) {
      throw new ImageException(file + " is missing or does not have its hash");
    }
    return file;
  }

  private static Json json(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > JSON_BYTES_MAX) {
      throw new ImageException(file + " is missing or too long");
    }
    return Json.parse(Files.readString(file));
  }
}
