package org.atoll.image;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.atoll.image.debian.SourceOptions;
import org.atoll.image.root.EntryType;
import org.atoll.image.root.ImageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
  @TempDir Path folder;
  TinyArchive archive;

  @BeforeEach
  void makeArchive() throws IOException {
    archive = new TinyArchive(folder);
  }

  @Test
  void theBaseImageHasBusyboxItsAppletsAndTheSkeleton() throws IOException {
    Listing files = open(archive.images().ensureBase(SourceOptions.ofApt()));
    assertEquals("usr/bin", files.get("bin").linkTarget());
    assertEquals("busybox", files.get("usr/bin/sh").linkTarget());
    assertEquals("../bin/busybox", files.get("usr/sbin/ifconfig").linkTarget());
    assertFalse(files.has("usr/bin/linuxrc"));
    assertEquals(EntryType.FILE, files.get("usr/bin/busybox").type());
    assertEquals(01777, files.get("tmp").mode());
    assertEquals(0700, files.get("root").mode());
    assertTrue(files.has("etc/passwd"));
  }

  @Test
  void packagesGoWhereTheMergedUsrLeads() throws IOException {
    Image image = Image.open(buildShell().tar());
    Listing files = byPath(image);
    ImageEntry shell = files.get("usr/bin/shell");
    assertEquals(04755, shell.mode());
    assertEquals(TinyDeb.MTIME_SECONDS, shell.mtimeSeconds());
    assertEquals("the shell", text(image, shell));
    assertFalse(files.has("bin/shell"));
    assertEquals("usr/bin/shell", files.get("usr/bin/shell2").linkTarget());
    assertEquals("deep", text(image, files.get("usr/share/" + "long/".repeat(30) + "näme")));
  }

  @Test
  void packagesGoBeforeAppletsAndTheSkeleton() throws IOException {
    Image image = Image.open(buildShell().tar());
    Listing files = byPath(image);
    assertEquals("shell", files.get("usr/bin/sh").linkTarget());
    assertEquals("busybox", files.get("usr/bin/cat").linkTarget());
    assertEquals("from-a-package\n", text(image, files.get("etc/hostname")));
  }

  @Test
  void genericNamesAreMadeAsFarAsScriptsNameThemPlainly() throws IOException {
    Listing files = open(buildShell().tar());
    assertEquals("/etc/alternatives/edit", files.get("usr/bin/edit").linkTarget());
    assertEquals("/usr/bin/shell", files.get("etc/alternatives/edit").linkTarget());
    assertFalse(files.has("etc/alternatives/edit.1"));
    assertFalse(files.has("etc/alternatives/x"));
  }

  @Test
  void everyDirectoryComesBeforeWhatIsInIt() throws IOException {
    List<String> seen = new ArrayList<>(List.of(""));
    for (ImageEntry entry : Image.open(buildShell().tar()).entries()) {
      String path = entry.path();
      assertTrue(seen.contains(path.substring(0, Math.max(0, path.lastIndexOf('/')))), path);
      seen.add(path);
    }
  }

  @Test
  void theSamePackagesGiveTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(buildShell().tar());
    archive.images().remove("shell");
    assertArrayEquals(first, Files.readAllBytes(buildShell().tar()));
  }

  @Test
  void theManifestSaysWhatIsInTheImage() throws IOException {
    buildShell();
    List<ImageInfo> all = archive.images().list();
    assertEquals(1, all.size());
    Manifest manifest = archive.images().inspect("shell").manifest();
    assertEquals(all.getFirst().manifest(), manifest);
    assertEquals(
        List.of("busybox-static", "libshell", "shell"),
        manifest.packages().stream().map(Manifest.Deb::name).toList());
    assertEquals("2026-01-01T00:00:00Z", manifest.source().date());
    assertEquals(Files.size(all.getFirst().tar()), manifest.tar().sizeBytes());
  }

  @Test
  void withoutBusyboxTheImageHasOnlyWhatWasAsked() throws IOException {
    archive.withShell();
    BuildOptions options =
        new BuildOptions(
            "bare", List.of("libshell"), BuildOptions.Busybox.AS_ASKED, SourceOptions.ofApt());
    Listing files = open(archive.images().build(options).tar());
    assertFalse(files.has("usr/bin/cat"));
    assertTrue(files.has("usr/lib/libshell.so.1"));
  }

  @Test
  void anIndexThatWasChangedIsRefused() throws IOException {
    flip(archive.mirror.resolve(TinyArchive.INDEX));
    refused("Packages.xz does not have its signed SHA256");
  }

  @Test
  void aPackageThatWasChangedIsRefused() throws IOException {
    flip(archive.pool("busybox-static"));
    refused("busybox-static_1_riscv64.deb does not have its signed SHA256");
  }

  @Test
  void aPackageThatWasCutIsRefused() throws IOException {
    Path deb = archive.pool("busybox-static");
    byte[] bytes = Files.readAllBytes(deb);
    Files.write(deb, Arrays.copyOf(bytes, bytes.length - 7));
    refused("bytes instead of " + bytes.length);
  }

  @Test
  void aPackageThatIsLongerThanSignedIsRefused() throws IOException {
    Path deb = archive.pool("busybox-static");
    byte[] bytes = Files.readAllBytes(deb);
    Files.write(deb, Arrays.copyOf(bytes, bytes.length + 7));
    refused("is longer than " + bytes.length + " bytes");
  }

  @Test
  void aDownloadThatWasDamagedSinceIsFetchedAgain() throws IOException {
    byte[] first = Files.readAllBytes(archive.images().ensureBase(SourceOptions.ofApt()));
    try (var kept = Files.list(archive.cache.resolve("images/downloads"))) {
      for (Path file : kept.toList()) {
        flip(file);
      }
    }
    archive.images().remove(Images.BASE);
    assertArrayEquals(
        first, Files.readAllBytes(archive.images().ensureBase(SourceOptions.ofApt())));
  }

  @Test
  void aReleaseSignedByAStrangerIsRefused() throws IOException {
    archive.signByStranger();
    refused("no key of it has signed");
  }

  @Test
  void anExpiredReleaseIsRefusedUnlessAptIgnoresIt() throws IOException {
    archive.validUntil("Mon, 05 Jan 2026 00:00:00 UTC");
    refused("is expired");
    Path conf = archive.root.resolve("etc/apt/apt.conf");
    Files.writeString(conf, "Acquire::Check-Valid-Until \"false\";\n");
    assertTrue(Files.exists(archive.images().ensureBase(SourceOptions.ofApt())));
  }

  @Test
  void anotherSuiteThanAskedForIsRefused() throws IOException {
    Path other = archive.mirror.resolve("dists/sid/InRelease");
    Files.createDirectories(other.getParent());
    Files.copy(archive.mirror.resolve(TinyArchive.RELEASE), other);
    IOException e =
        assertThrows(
            ImageException.class,
            () -> archive.images().ensureBase(SourceOptions.parse("", "", "sid")));
    assertTrue(e.toString().contains("asked for the suite sid"), e.getMessage());
  }

  @Test
  void aMachineWithoutAMirrorSaysWhatToPass() throws IOException {
    Files.delete(archive.root.resolve("etc/apt/sources.list"));
    refused("pass --mirror");
    SourceOptions named = SourceOptions.parse("file:" + archive.mirror, "", "");
    assertTrue(Files.exists(archive.images().ensureBase(named)));
  }

  @Test
  void aSourceThatLacksTheSuiteIsPassedOver() throws IOException {
    Path list = archive.root.resolve("etc/apt/sources.list");
    String both = "deb file:" + folder.resolve("none") + " x main\n" + Files.readString(list);
    Files.writeString(list, both);
    assertTrue(Files.exists(archive.images().ensureBase(SourceOptions.ofApt())));
  }

  @Test
  void aFileThatClimbsOutOfTheRootIsRefused() throws IOException {
    archive.add(new TinyDeb("evil", "").file("./../../tmp/evil", 0644, "evil"));
    refusedPackage("evil", "climbs out of the root");
  }

  @Test
  void anAbsoluteFileIsRefused() throws IOException {
    archive.add(new TinyDeb("evil", "").file("/tmp/evil", 0644, "evil"));
    refusedPackage("evil", "is absolute");
  }

  @Test
  void aDeviceIsRefused() throws IOException {
    archive.add(new TinyDeb("evil", "").device("./dev/mem"));
    refusedPackage("evil", "is a device");
  }

  @Test
  void twoPackagesWithTheSameFileAreRefusedUnlessOneReplacesTheOther() throws IOException {
    archive.add(new TinyDeb("one", "").file("./usr/x", 0644, "1"));
    archive.add(new TinyDeb("two", "Depends: one\n").file("./usr/x", 0644, "2"));
    refusedPackage("two", "both one and two bring /usr/x");
    archive.add(new TinyDeb("two-b", "Depends: one\nReplaces: one\n").file("./usr/x", 0644, "3"));
    Image image = Image.open(archive.images().build(BuildOptions.of("ok", "two-b")).tar());
    assertEquals("3", text(image, byPath(image).get("usr/x")));
  }

  @Test
  void aSymlinkOfAPackageLeadsNowhereOutsideOfTheImage() throws IOException {
    archive.add(
        new TinyDeb("evil", "")
            .link(TarConstants.LF_SYMLINK, "./usr/out", "../../../../../../" + folder)
            .file("./usr/out/evil", 0644, "evil"));
    Listing files = open(archive.images().build(BuildOptions.of("evil", "evil")).tar());
    assertTrue(files.has(folder.toString().substring(1) + "/evil"));
    assertFalse(Files.exists(folder.resolve("evil")));
  }

  @Test
  void aMirrorThatNoLongerHasTheSuiteSaysSo() throws IOException {
    buildShell();
    Files.move(archive.mirror, folder.resolve("away"));
    IOException e = assertThrows(ImageException.class, this::buildAgain);
    assertTrue(e.toString().contains("does not serve trixie"), e.getMessage());
  }

  @Test
  void aBaseImageThatIsThereNeedsNoMirror() throws IOException {
    Path base = archive.images().ensureBase(SourceOptions.ofApt());
    Files.move(archive.mirror, folder.resolve("away"));
    Files.delete(archive.root.resolve("etc/apt/sources.list"));
    assertEquals(base, archive.images().ensureBase(SourceOptions.ofApt()));
  }

  @Test
  void aBaseImageThatWasCutIsMadeAgain() throws IOException {
    Path base = archive.images().ensureBase(SourceOptions.ofApt());
    byte[] whole = Files.readAllBytes(base);
    Files.write(base, Arrays.copyOf(whole, 1000));
    assertArrayEquals(
        whole, Files.readAllBytes(archive.images().ensureBase(SourceOptions.ofApt())));
  }

  @Test
  void twoFirstStartsMakeOneBaseImage() throws Exception {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      List<Future<Path>> made =
          both.invokeAll(
              List.of(
                  () -> archive.images(lines::add).ensureBase(SourceOptions.ofApt()),
                  () -> archive.images(lines::add).ensureBase(SourceOptions.ofApt())));
      assertEquals(made.get(0).get(), made.get(1).get());
    }
    assertEquals(1, lines.stream().filter(l -> l.startsWith("Making the base image")).count());
  }

  @Test
  void whatABuildThatWasKilledHasLeftIsRemovedByTheNext() throws IOException {
    Path left = archive.images().ensureBase(SourceOptions.ofApt()).resolveSibling(".part-killed");
    Path fetched = left.resolveSibling("downloads").resolve(".part-killed");
    Files.writeString(left, "half");
    Files.writeString(fetched, "half");
    buildShell();
    assertFalse(Files.exists(left));
    assertFalse(Files.exists(fetched));
  }

  @Test
  void nothingIsLeftBehindByABuildThatFails() throws IOException {
    archive.add(new TinyDeb("evil", "").file("./../evil", 0644, "evil"));
    refusedPackage("evil", "climbs");
    assertEquals(List.of(), archive.images().list());
    try (var files = Files.walk(archive.cache)) {
      assertEquals(
          List.of(),
          files
              .map(f -> f.getFileName().toString())
              .filter(n -> n.startsWith(".part") || n.startsWith(".spool"))
              .toList());
    }
  }

  @Test
  void namesThatAreNoFileNamesAreRefused() {
    for (String name : List.of("", "../x", "A", ".x", "a b")) {
      assertThrows(ImageException.class, () -> archive.images().inspect(name), name);
    }
  }

  /** The entries of an image by their paths. */
  private record Listing(Map<String, ImageEntry> entries) {
    ImageEntry get(String path) {
      return requireNonNull(entries.get(path), path);
    }

    boolean has(String path) {
      return entries.containsKey(path);
    }
  }

  private ImageInfo buildShell() throws IOException {
    archive.withShell();
    return buildAgain();
  }

  private ImageInfo buildAgain() throws IOException {
    return archive.images().build(BuildOptions.of("shell", "shell"));
  }

  private void refused(String why) {
    IOException e =
        assertThrows(
            ImageException.class, () -> archive.images().ensureBase(SourceOptions.ofApt()));
    assertTrue(e.toString().contains(why), e.getMessage());
    assertFalse(e.toString().contains("\n"), e.toString());
  }

  private void refusedPackage(String name, String why) {
    IOException e =
        assertThrows(
            ImageException.class, () -> archive.images().build(BuildOptions.of("no", name)));
    assertTrue(e.toString().contains(why), e.getMessage());
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private static Listing open(Path tar) throws IOException {
    return byPath(Image.open(tar));
  }

  private static Listing byPath(Image image) {
    return new Listing(
        image.entries().stream().collect(Collectors.toMap(ImageEntry::path, e -> e)));
  }

  private static String text(Image image, ImageEntry entry) throws IOException {
    return StandardCharsets.UTF_8.decode(image.content(entry)).toString();
  }
}
