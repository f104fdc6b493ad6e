package org.atoll.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** A Debian package of a few files, made for one test. */
final class TinyDeb {
  static final long MTIME_SECONDS = 1_700_000_000L;

  private final String name;
  private final String fields;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(data, "UTF-8");
  private String postinst = "";

  TinyDeb(String name, String fields) {
    this.name = name;
    this.fields = fields;
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
  }

  String name() {
    return name;
  }

  String fields() {
    return fields;
  }

  TinyDeb file(String path, int mode, String content) {
    return file(path, mode, content.getBytes(StandardCharsets.UTF_8));
  }

  TinyDeb file(String path, int mode, byte[] content) {
    TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_NORMAL, true);
    entry.setMode(mode);
    return add(entry, content);
  }

  TinyDeb directory(String path, int mode) {
    TarArchiveEntry entry = new TarArchiveEntry(path + "/", TarConstants.LF_DIR, true);
    entry.setMode(mode);
    return add(entry, new byte[0]);
  }

  TinyDeb link(byte type, String path, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(path, type, true);
    entry.setLinkName(target);
    entry.setMode(0777);
    return add(entry, new byte[0]);
  }

  TinyDeb device(String path) {
    return add(new TarArchiveEntry(path, TarConstants.LF_CHR, true), new byte[0]);
  }

  TinyDeb postinst(String script) {
    postinst = script;
    return this;
  }

  /** The package's file. */
  byte[] bytes() {
    try {
      tar.close();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ArArchiveOutputStream ar = new ArArchiveOutputStream(out)) {
        member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
        member(ar, "control.tar.gz", control());
        member(ar, "data.tar.xz", xz(data.toByteArray()));
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] xz(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream xz = new XZOutputStream(out, new LZMA2Options(0))) {
      xz.write(plain);
    }
    return out.toByteArray();
  }

  private byte[] control() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream control = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      byte[] script = postinst.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry("./postinst");
      entry.setSize(script.length);
      entry.setLastModifiedTime(FileTime.from(MTIME_SECONDS, TimeUnit.SECONDS));
      control.putArchiveEntry(entry);
      control.write(script);
      control.closeArchiveEntry();
    }
    return out.toByteArray();
  }

  private TinyDeb add(TarArchiveEntry entry, byte[] content) {
    try {
      entry.setSize(content.length);
      entry.setLastModifiedTime(FileTime.from(MTIME_SECONDS, TimeUnit.SECONDS));
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void member(ArArchiveOutputStream ar, String name, byte[] content)
      throws IOException {
    ar.putArchiveEntry(new ArArchiveEntry(name, content.length, 0, 0, 0100644, MTIME_SECONDS));
    ar.write(content);
    ar.closeArchiveEntry();
  }
}
