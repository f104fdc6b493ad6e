package org.atoll.image.debian;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.atoll.image.root.ImageException;
import org.atoll.image.root.RootTree;
import org.atoll.image.root.TarReader;
import org.tukaani.xz.XZInputStream;

/**
 * A binary package's file (deb(5)): an ar archive with a tar of control files and a tar of the
 * files to install. Nothing in it is ever run.
 */
public final class DebFile {
  private static final int SCRIPT_BYTES_MAX = 1 << 20;

  private final Path file;
  private final String name;

  public DebFile(Path file, String packageName) {
    this.file = file;
    this.name = packageName;
  }

  /** Puts the package's files into a tree; answers the alternatives that its scripts ask for. */
  public List<Alternative> unpack(RootTree tree) throws IOException {
    List<Alternative> alternatives = List.of();
    boolean unpacked = false;
    try (ArArchiveInputStream ar =
        new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      checkFormat(ar);
      for (ArArchiveEntry e = ar.getNextEntry(); e != null; e = ar.getNextEntry()) {
        if (e.getName().startsWith("control.tar")) {
          alternatives = alternatives(plain(ar, e.getName()));
        } else if (e.getName().startsWith("data.tar")) {
          new TarReader(plain(ar, e.getName()), name).addTo(tree);
          unpacked = true;
        }
      }
    } catch (ImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new ImageException("the package " + name + " cannot be unpacked: " + e.getMessage(), e);
    }
    if (!unpacked) {
      throw new ImageException("the package " + name + " has no data.tar");
    }
    return alternatives;
  }

  private void checkFormat(ArArchiveInputStream ar) throws IOException {
    ArArchiveEntry first = ar.getNextEntry();
    boolean named = first != null && first.getName().equals("debian-binary");
    if (!named || !new String(ar.readNBytes(4), StandardCharsets.US_ASCII).startsWith("2.")) {
      throw new ImageException("the package " + name + " is not a Debian package of format 2");
    }
  }

  private List<Alternative> alternatives(InputStream control) throws IOException {
    byte[] script = new TarReader(control, name).content("postinst", SCRIPT_BYTES_MAX);
    return Alternative.parse(new String(script, StandardCharsets.UTF_8));
  }

  private InputStream plain(InputStream member, String memberName) throws IOException {
    String suffix = memberName.substring(memberName.indexOf(".tar") + 4);
    InputStream in =
        switch (suffix) {
          case "" -> member;
          case ".gz" -> new GZIPInputStream(member);
          case ".xz" -> new XZInputStream(member, Archive.XZ_MEMORY_KIB_MAX);
          default ->
              throw new ImageException(
                  "the package " + name + " is compressed as " + suffix + ", which is not known");
        };
    return new BoundedStream(in, RootTree.CONTENT_BYTES_MAX, "the package " + name);
  }
}
