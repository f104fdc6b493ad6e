package org.atoll.image.root;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a root as an uncompressed POSIX tar: sorted by path, pax records only for what does not
 * fit into a ustar header. The same tree gives the same bytes.
 */
public final class TarWriter {
  private static final int BUFFER_BYTES = 1 << 16;

  /** POSIX's 20 blocks of 512 bytes; some readers complain about a shorter end. */
  private static final int RECORD_BYTES = 20 * 512;

  private final RootTree tree;
  private final TarArchiveOutputStream out;
  private final IdentityHashMap<Node, String> written = new IdentityHashMap<>();

  private TarWriter(RootTree tree, OutputStream out) {
    this.tree = tree;
    this.out = new TarArchiveOutputStream(out, RECORD_BYTES, StandardCharsets.UTF_8.name());
    this.out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    this.out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    this.out.setAddPaxHeadersForNonAsciiNames(true);
  }

  /** Writes the whole tree; the stream is flushed and stays open. Answers how many entries. */
  public static int write(RootTree tree, OutputStream out) throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
    TarWriter writer = new TarWriter(tree, buffered);
    for (Map.Entry<String, Node> entry : tree.nodes().entrySet()) {
      writer.write(entry.getKey(), entry.getValue());
    }
    writer.out.finish();
    // The tar stream does not pass a flush on.
    buffered.flush();
    return tree.nodes().size();
  }

  private void write(String path, Node node) throws IOException {
    String first = node.isDirectory() ? null : written.putIfAbsent(node, path);
    TarArchiveEntry entry = first == null ? entry(path, node) : link(path, first);
    Attributes attributes = node.attributes();
    entry.setMode(attributes.mode());
    entry.setUserId(attributes.uid());
    entry.setGroupId(attributes.gid());
    entry.setUserName("");
    entry.setGroupName("");
    entry.setLastModifiedTime(FileTime.from(Instant.ofEpochSecond(attributes.mtimeSeconds())));
    out.putArchiveEntry(entry);
    if (first == null && node.type() == EntryType.FILE) {
      tree.copy(node, out);
    }
    out.closeArchiveEntry();
  }

  private static TarArchiveEntry link(String path, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_LINK);
    entry.setLinkName(target);
    return entry;
  }

  private static TarArchiveEntry entry(String path, Node node) {
    TarArchiveEntry entry =
        switch (node.type()) {
          case DIRECTORY -> new TarArchiveEntry(path + "/", TarConstants.LF_DIR);
          case SYMLINK -> new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
          case FIFO -> new TarArchiveEntry(path, TarConstants.LF_FIFO);
          case FILE -> new TarArchiveEntry(path, TarConstants.LF_NORMAL);
          case HARD_LINK -> throw new IllegalStateException("a node is never a hard link: " + path);
        };
    entry.setLinkName(node.target());
    entry.setSize(node.sizeBytes());
    return entry;
  }
}
