package org.atoll.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.atoll.image.root.Attributes;
import org.atoll.image.root.EntryType;
import org.atoll.image.root.ImageException;
import org.atoll.image.root.RootTree;
import org.atoll.image.root.TarWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarImageTest {
  private static final String LONG = "d/" + "name-of-a-directory/".repeat(20) + "end";

  @TempDir Path folder;

  @Test
  void everythingThatIsWrittenIsReadAgain() throws IOException {
    Attributes plain = new Attributes(0640, 1000, 100, 1_700_000_000L, "a");
    Attributes odd = new Attributes(06755, 3_000_000, 2_500_000, -5, "a");
    byte[] big = new byte[70_000];
    Arrays.fill(big, (byte) 'x');
    Image image =
        image(tree -> {
          tree.file("a-file", plain, big);
          tree.file("empty", odd, new byte[0]);
          tree.file(LONG, plain, new byte[] {1, 2});
          tree.file("größe", plain, new byte[] {3});
          tree.hardLink("z-link", "a-file");
          tree.symlink("s", plain, "somewhere/" + "far/".repeat(40));
          tree.symlink("t", plain, "ü");
          tree.fifo("pipe", plain);
          tree.settle(plain);
        });
    assertEquals("0640 1000 100 1700000000", entry(image, "a-file", EntryType.FILE, 70_000, ""));
    assertEquals("6755 3000000 2500000 -5", entry(image, "empty", EntryType.FILE, 0, ""));
    assertEquals("0640 1000 100 1700000000", entry(image, LONG, EntryType.FILE, 2, ""));
    assertEquals("0640 1000 100 1700000000", entry(image, "größe", EntryType.FILE, 1, ""));
    entry(image, "z-link", EntryType.HARD_LINK, 0, "a-file");
    entry(image, "s", EntryType.SYMLINK, 0, "somewhere/" + "far/".repeat(40));
    entry(image, "t", EntryType.SYMLINK, 0, "ü");
    entry(image, "pipe", EntryType.FIFO, 0, "");
    entry(image, "d", EntryType.DIRECTORY, 0, "");
    assertArrayEquals(big, bytes(image, "a-file"));
    assertArrayEquals(new byte[] {1, 2}, bytes(image, LONG));
    try (InputStream in = image.stream(find(image, "a-file"))) {
      assertArrayEquals(big, in.readAllBytes());
    }
  }

  @Test
  void aLargeTarIsMappedAndReadsTheSame() throws IOException {
    byte[] large = new byte[9 << 20];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) (i * 31 >> 8);
    }
    Attributes plain = Attributes.ofRoot(0644, 0, "a");
    Image image =
        image(tree -> {
          tree.file("large", plain, large);
          tree.file("last", plain, new byte[] {4});
        });
    assertTrue(image.content(find(image, "large")).isDirect());
    assertArrayEquals(large, bytes(image, "large"));
    assertArrayEquals(new byte[] {4}, bytes(image, "last"));
  }

  @Test
  void contentsAreReadOnly() throws IOException {
    Image image = image(tree -> tree.file("x", Attributes.ofRoot(0644, 0, "a"), new byte[9]));
    assertTrue(image.content(find(image, "x")).isReadOnly());
  }

  @Test
  void anImageThatWasCutIsRefused() throws IOException {
    Path tar = write(tree -> tree.file("x", Attributes.ofRoot(0644, 0, "a"), new byte[5000]));
    byte[] whole = Files.readAllBytes(tar);
    for (int length : List.of(0, 1, 511, 512, 513, 5000)) {
      Files.write(tar, Arrays.copyOf(whole, length));
      refused(tar, "is cut off");
    }
  }

  @Test
  void aDamagedHeaderIsRefused() throws IOException {
    Path tar = write(tree -> tree.file("x", Attributes.ofRoot(0644, 0, "a"), new byte[5]));
    byte[] bytes = Files.readAllBytes(tar);
    bytes[104] ^= 1;
    Files.write(tar, bytes);
    refused(tar, "damaged at byte 0");
  }

  @Test
  void otherKindsOfTarAreRefusedWithAHint() throws IOException {
    Path tar = folder.resolve("gnu.tar");
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      out.putArchiveEntry(new TarArchiveEntry("x".repeat(200) + "/"));
      out.closeArchiveEntry();
    }
    refused(tar, "other tars can be imported");
  }

  @Test
  void aNameThatClimbsIsRefused() throws IOException {
    Path tar = folder.resolve("evil.tar");
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      out.putArchiveEntry(new TarArchiveEntry("a/../../x/"));
      out.closeArchiveEntry();
    }
    refused(tar, "with the name");
  }

  @Test
  void aDirectoryIsAnImageToo() throws IOException {
    Path root = folder.resolve("root");
    Files.createDirectories(root.resolve("usr/bin"));
    Files.writeString(root.resolve("usr/bin/a"), "hello");
    Files.createLink(root.resolve("usr/bin/b"), root.resolve("usr/bin/a"));
    Files.createSymbolicLink(root.resolve("bin"), Path.of("usr/bin"));
    Image image = Image.open(root);
    assertEquals(
        List.of("bin", "usr", "usr/bin", "usr/bin/a", "usr/bin/b"),
        image.entries().stream().map(ImageEntry::path).toList());
    entry(image, "bin", EntryType.SYMLINK, 0, "usr/bin");
    entry(image, "usr/bin/b", EntryType.HARD_LINK, 0, "usr/bin/a");
    assertArrayEquals("hello".getBytes(StandardCharsets.UTF_8), bytes(image, "usr/bin/a"));
  }

  @Test
  void whatIsNotThereIsAnError() {
    refused(folder.resolve("none.tar"), "there is no image");
  }

  private interface Filling {
    void accept(RootTree tree) throws IOException;
  }

  private Image image(Filling filling) throws IOException {
    return Image.open(write(filling));
  }

  private Path write(Filling filling) throws IOException {
    Path tar = folder.resolve("test.tar");
    try (RootTree tree = new RootTree(folder, (a, b) -> false);
        OutputStream out = Files.newOutputStream(tar)) {
      filling.accept(tree);
      TarWriter.write(tree, out);
    }
    return tar;
  }

  private static String entry(Image image, String path, EntryType type, long size, String target) {
    ImageEntry entry = find(image, path);
    assertEquals(type, entry.type());
    assertEquals(size, entry.sizeBytes());
    assertEquals(target, entry.linkTarget());
    return "%04o %d %d %d".formatted(entry.mode(), entry.uid(), entry.gid(), entry.mtimeSeconds());
  }

  private static ImageEntry find(Image image, String path) {
    return image.entries().stream().filter(e -> e.path().equals(path)).findFirst().orElseThrow();
  }

  private static byte[] bytes(Image image, String path) throws IOException {
    ByteBuffer content = image.content(find(image, path));
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }

  private static void refused(Path tar, String why) {
    IOException e = assertThrows(ImageException.class, () -> Image.open(tar));
    assertTrue(e.toString().contains(why), e.getMessage());
  }
}
