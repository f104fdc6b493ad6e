package org.atoll.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.atoll.image.debian.Downloads;
import org.atoll.image.debian.Progress;
import org.atoll.image.root.ImageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
  @TempDir Path folder;
  private Path layout;
  private Images images;

  @BeforeEach
  void makeFolders() throws IOException {
    layout = Files.createDirectories(folder.resolve("layout"));
    Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
    images =
        new Images(
            new Images.Machine(
                folder.resolve("cache"), folder, Map.of(), InstantSource.fixed(TinyArchive.NOW)),
            Progress.silent());
  }

  @Test
  void tarsOfAllCompressionsGiveTheSameImage() throws IOException {
    byte[] plain = tar("etc/", "etc/a", "b");
    for (byte[] packed : List.of(plain, gzip(plain), TinyDeb.xz(plain))) {
      Path file = Files.write(folder.resolve("some.tar"), packed);
      assertEquals(List.of("b", "etc", "etc/a"), paths(images.importFrom("some", file)));
    }
  }

  @Test
  void layersHideReplaceAndAdd() throws IOException {
    String low =
        blob(gzip(tar("d/", "d/old", "gone", "kept", "opaque/", "opaque/x", "turns/", "turns/y")));
    String high = blob(tar("opaque/new", "d/.wh.old", ".wh.gone", "opaque/.wh..wh..opq", "turns"));
    index(config("riscv64"), low, high);
    assertEquals(
        List.of("d", "kept", "opaque", "opaque/new", "turns"),
        paths(images.importFrom("layers", layout)));
  }

  @Test
  void anImageForAnotherArchitectureIsRefused() throws IOException {
    index(config("amd64"), blob(tar("a")));
    refused(layout, "is an image for amd64");
  }

  @Test
  void aBlobWithAnotherHashIsRefused() throws IOException {
    String layer = blob(tar("a"));
    index(config("riscv64"), layer);
    Files.write(layout.resolve("blobs/sha256").resolve(layer), tar("b"));
    refused(layout, "does not have its hash");
  }

  @Test
  void aFolderThatIsNoLayoutIsRefused() throws IOException {
    refused(Files.createDirectories(folder.resolve("plain")), "no OCI image layout");
  }

  @Test
  void aFileThatClimbsIsRefused() throws IOException {
    refused(Files.write(folder.resolve("evil.tar"), tar("../evil")), "climbs out");
  }

  @Test
  void aBrokenGzipIsOneClearError() throws IOException {
    byte[] packed = gzip(tar("a"));
    Path cut = Files.write(folder.resolve("cut.tgz"), Arrays.copyOf(packed, 40));
    refused(cut, "cannot import");
  }

  private void refused(Path from, String why) {
    IOException e = assertThrows(ImageException.class, () -> images.importFrom("no", from));
    assertTrue(e.toString().contains(why), e.toString());
  }

  private static List<String> paths(ImageInfo image) throws IOException {
    return Image.open(image.tar()).entries().stream().map(ImageEntry::path).toList();
  }

  private String config(String architecture) throws IOException {
    return blob(("{\"architecture\": \"" + architecture + "\"}").getBytes(StandardCharsets.UTF_8));
  }

  private void index(String config, String... layers) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String layer : layers) {
      all.append(all.isEmpty() ? "" : ", ").append(descriptor(layer));
    }
    String manifest = "{\"config\": %s, \"layers\": [%s]}".formatted(descriptor(config), all);
    String other = "{\"digest\": \"sha256:00\", \"platform\": {\"architecture\": \"arm64\"}}";
    String index =
        "{\"manifests\": [%s, %s]}"
            .formatted(other, descriptor(blob(manifest.getBytes(StandardCharsets.UTF_8))));
    Files.writeString(layout.resolve("index.json"), index);
  }

  private static String descriptor(String hex) {
    return "{\"digest\": \"sha256:" + hex + "\"}";
  }

  private String blob(byte[] content) throws IOException {
    String hex = HexFormat.of().formatHex(Downloads.sha256().digest(content));
    Files.write(layout.resolve("blobs/sha256").resolve(hex), content);
    return hex;
  }

  private static byte[] tar(String... names) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (String name : names) {
        tar.putArchiveEntry(new TarArchiveEntry(name));
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }
}
