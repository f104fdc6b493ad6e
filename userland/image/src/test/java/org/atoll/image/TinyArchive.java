package org.atoll.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.atoll.image.debian.Downloads;
import org.atoll.image.debian.Progress;
import org.atoll.image.debian.SigningKey;

/** A small Debian archive on disk, signed by a key of its own, and a machine whose apt has it. */
final class TinyArchive {
  static final Instant NOW = SigningKey.MADE.plus(Duration.ofDays(30));
  static final String RELEASE = "dists/trixie/InRelease";
  static final String INDEX = "dists/trixie/main/binary-riscv64/Packages.xz";

  /** What every busybox has, so that the table of applets is believed. */
  private static final String APPLETS =
      "[ [[ ash awk busybox cat echo grep ifconfig linuxrc ls mount sh true uname wc";

  final Path mirror;
  final Path root;
  final Path cache;
  private final SigningKey key = SigningKey.ofSeed(42);
  private final StringBuilder index = new StringBuilder();
  private String validUntil = "";

  TinyArchive(Path folder) throws IOException {
    mirror = Files.createDirectories(folder.resolve("mirror"));
    root = Files.createDirectories(folder.resolve("root"));
    cache = folder.resolve("cache");
    write(root.resolve("usr/share/keyrings/debian-archive-keyring.gpg"), key.certificate());
    useMirror("file:" + mirror);
    add(busybox());
  }

  static TinyDeb busybox() {
    String other = "ELF...[\0[[\0fake\0\0padding\0";
    byte[] program =
        (other + APPLETS.replace(' ', '\0') + "\0\0end").getBytes(StandardCharsets.ISO_8859_1);
    return new TinyDeb("busybox-static", "")
        .directory("./", 0755)
        .directory("./usr/bin", 0755)
        .file("./usr/bin/busybox", 0755, program);
  }

  /** Two packages that need each other's files: a program, its library, a generic name. */
  TinyArchive withShell() throws IOException {
    add(
        new TinyDeb("shell", "Depends: libshell (>= 1)\n")
            .directory("./bin", 0755)
            .file("./bin/shell", 04755, "the shell")
            .link(TarConstants.LF_LINK, "./usr/bin/shell2", "./usr/bin/shell")
            .link(TarConstants.LF_SYMLINK, "./usr/bin/sh", "shell")
            .postinst(
                """
                update-alternatives --install /usr/bin/edit edit \\
                    /usr/bin/shell 10 \\
                    --slave /usr/share/edit.1 edit.1 /usr/share/shell.1
                update-alternatives --install "$LINK" x /usr/bin/shell 1
                """));
    add(
        new TinyDeb("libshell", "Provides: liba\n")
            .directory("./etc", 0755)
            .file("./usr/lib/libshell.so.1", 0644, "library")
            .file("./usr/share/" + "long/".repeat(30) + "näme", 0640, "deep")
            .file("./etc/hostname", 0644, "from-a-package\n"));
    return this;
  }

  TinyArchive add(TinyDeb deb) throws IOException {
    byte[] bytes = deb.bytes();
    String path = "pool/main/" + deb.name() + "_1_riscv64.deb";
    write(mirror.resolve(path), bytes);
    index.append(
        """
        Package: %s
        Version: 1
        Architecture: riscv64
        %sFilename: %s
        Size: %d
        SHA256: %s

        """
            .formatted(deb.name(), deb.fields(), path, bytes.length, sha256(bytes)));
    return publish();
  }

  TinyArchive validUntil(String date) throws IOException {
    validUntil = "Valid-Until: " + date + "\n";
    return publish();
  }

  void useMirror(String address) throws IOException {
    String source = "deb " + address + " trixie main\n";
    write(root.resolve("etc/apt/sources.list"), source.getBytes(StandardCharsets.UTF_8));
  }

  /** Signs the release again with another key, which the machine does not trust. */
  void signByStranger() throws IOException {
    write(mirror.resolve(RELEASE), SigningKey.ofSeed(99).sign(release()));
  }

  Path pool(String name) {
    return mirror.resolve("pool/main/" + name + "_1_riscv64.deb");
  }

  /** The images of a user of this machine. */
  Images images() {
    return images(Progress.silent());
  }

  Images images(Progress progress) {
    InstantSource clock = InstantSource.fixed(NOW);
    return new Images(new Images.Machine(cache, root, Map.of(), clock), progress);
  }

  private TinyArchive publish() throws IOException {
    write(mirror.resolve(INDEX), TinyDeb.xz(index.toString().getBytes(StandardCharsets.UTF_8)));
    write(mirror.resolve(RELEASE), key.sign(release()));
    return this;
  }

  private String release() throws IOException {
    byte[] packages = Files.readAllBytes(mirror.resolve(INDEX));
    return """
    Origin: Debian
    Suite: stable
    Codename: trixie
    Date: Thu, 01 Jan 2026 00:00:00 UTC
    %sSHA256:
     %s %d main/binary-riscv64/Packages.xz
    """
        .formatted(validUntil, sha256(packages), packages.length);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Downloads.sha256().digest(bytes));
  }
}
