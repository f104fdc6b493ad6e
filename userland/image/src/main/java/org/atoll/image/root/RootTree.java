package org.atoll.image.root;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file tree of an image while it is built.
 *
 * <p>It follows what dpkg does on a disk: a file goes where the symlinks of its directories lead
 * (so {@code bin/ls} lands in {@code usr/bin}), a directory never replaces a symlink to one, and
 * two packages may bring the same directory but not the same file. All of it happens in memory: a
 * name or a link can lead nowhere outside of the tree.
 *
 * <p>Invariant: the parent of every path is there and is a directory.
 */
public final class RootTree implements Closeable {
  /** More files than any sensible root has: a bound for hostile archives. */
  public static final int ENTRIES_MAX = 2_000_000;

  /** Bound for the sum of all contents. */
  public static final long CONTENT_BYTES_MAX = 64L << 30;

  /** Linux's limit on the symlinks that one path may lead through. */
  private static final int SYMLINKS_MAX = 40;

  private final NavigableMap<String, Node> nodes = new TreeMap<>();
  private final Spool spool;
  private final Overwriting overwriting;

  /** Who may replace a file that is already there. */
  @FunctionalInterface
  public interface Overwriting {
    /** Whether the file of {@code later} goes over that of {@code earlier}. */
    boolean replaces(String later, String earlier);
  }

  /**
   * An empty tree.
   *
   * @param folder where contents are kept until the tree is closed
   */
  public RootTree(Path folder, Overwriting overwriting) throws IOException {
    this.spool = new Spool(folder);
    this.overwriting = overwriting;
  }

  public void directory(String path, Attributes attributes) throws IOException {
    String place = place(path);
    Node old = nodes.get(place);
    if (place.isEmpty() || (old != null && leadsToDirectory(place, old) && !old.isImplied())) {
      return;
    }
    put(place, Node.of(EntryType.DIRECTORY, attributes));
  }

  /** Adds a file whose contents are the next {@code sizeBytes} of the stream. */
  public void file(String path, Attributes attributes, InputStream in, long sizeBytes)
      throws IOException {
    if (sizeBytes < 0 || spool.end() + sizeBytes > CONTENT_BYTES_MAX) {
      throw new ImageException("refused: the files of the image are larger than 64 GiB");
    }
    long offset = spool.end();
    spool.append(in, sizeBytes);
    put(place(path), new Node(EntryType.FILE, attributes, "", offset, sizeBytes));
  }

  public void file(String path, Attributes attributes, byte[] content) throws IOException {
    file(path, attributes, new ByteArrayInputStream(content), content.length);
  }

  public void symlink(String path, Attributes attributes, String target) throws IOException {
    if (target.isEmpty() || target.indexOf('\0') >= 0 || target.indexOf('\uFFFD') >= 0) {
      throw new ImageException("refused: the symlink '" + path + "' has no usable target");
    }
    put(place(path), new Node(EntryType.SYMLINK, attributes, target, 0, 0));
  }

  public void fifo(String path, Attributes attributes) throws IOException {
    put(place(path), Node.of(EntryType.FIFO, attributes));
  }

  /** Adds one more name of a file that is already there. */
  public void hardLink(String path, String target) throws IOException {
    Node node = nodes.get(place(target));
    if (node == null || node.isDirectory()) {
      throw new ImageException(
          "refused: the hard link '" + path + "' needs the file '" + target + "' before it");
    }
    put(place(path), node);
  }

  /** Takes a file or a directory with everything in it away; does nothing when it is not there. */
  public void remove(String path) throws IOException {
    String place = place(path);
    nodes.remove(place);
    clear(place);
  }

  /** Takes away what is in a directory. */
  public void clear(String path) throws IOException {
    String place = place(path);
    if (place.isEmpty()) {
      nodes.clear();
    } else {
      nodes.subMap(place + "/", true, place + "0", false).clear();
    }
  }

  /** Whether there is something at the path; the last component is not followed. */
  public boolean has(String path) throws IOException {
    String place = existingPlace(path);
    return nodes.containsKey(place);
  }

  /** The contents of the file at the path, symlinks not followed; null when there is none. */
  public byte @Nullable [] content(String path) throws IOException {
    Node node = nodes.get(existingPlace(path));
    if (node == null || node.type() != EntryType.FILE) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(node.sizeBytes()));
    copy(node, out);
    return out.toByteArray();
  }

  /** The newest time of anything that was declared in the tree; 0 when it is empty. */
  public long newestSeconds() {
    long newest = 0;
    for (Node node : nodes.values()) {
      newest = Math.max(newest, node.attributes().mtimeSeconds());
    }
    return newest;
  }

  /** Gives the directories that exist only because something is in them proper attributes. */
  public void settle(Attributes attributes) {
    nodes.replaceAll(
        (path, node) -> node.isImplied() ? Node.of(EntryType.DIRECTORY, attributes) : node);
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }

  NavigableMap<String, Node> nodes() {
    return Collections.unmodifiableNavigableMap(nodes);
  }

  void copy(Node node, OutputStream out) throws IOException {
    spool.copy(node.offset(), node.sizeBytes(), out);
  }

  private void put(String place, Node node) throws IOException {
    Node old = nodes.get(place);
    if (old != null && !old.isImplied() && !mayReplace(old, node)) {
      String earlier = old.attributes().origin();
      String later = node.attributes().origin();
      throw new ImageException("both " + earlier + " and " + later + " bring /" + place);
    }
    if (old != null && old.isDirectory() && !node.isDirectory()) {
      throw new ImageException("refused: /" + place + " is a directory and something else");
    }
    nodes.put(place, node);
    if (nodes.size() > ENTRIES_MAX) {
      throw new ImageException("refused: the image has more than " + ENTRIES_MAX + " files");
    }
  }

  private boolean mayReplace(Node old, Node node) {
    if (old.isSymlink() && node.isSymlink() && old.target().equals(node.target())) {
      return true;
    }
    String later = node.attributes().origin();
    String earlier = old.attributes().origin();
    return later.equals(earlier) || overwriting.replaces(later, earlier);
  }

  private boolean leadsToDirectory(String place, Node node) throws IOException {
    if (!node.isSymlink()) {
      return node.isDirectory();
    }
    Node end = nodes.get(walk(place + "/.", Missing.KEEP));
    return end == null || end.isDirectory();
  }

  private String place(String path) throws IOException {
    return walkParent(path, Missing.CREATE);
  }

  private String existingPlace(String path) throws IOException {
    return walkParent(path, Missing.KEEP);
  }

  private String walkParent(String path, Missing missing) throws IOException {
    String clean = RootPath.clean(path);
    if (clean.isEmpty()) {
      return clean;
    }
    String parent = walk(RootPath.parent(clean), missing);
    return RootPath.join(parent, RootPath.name(clean));
  }

  private enum Missing {
    CREATE,
    KEEP
  }

  /** Follows every symlink of a directory path, as the kernel does on the way to a file. */
  private String walk(String directory, Missing missing) throws IOException {
    Deque<String> parts = new ArrayDeque<>(Arrays.asList(directory.split("/", -1)));
    String at = "";
    int symlinks = 0;
    while (!parts.isEmpty()) {
      String part = parts.pop();
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (part.equals("..")) {
        at = RootPath.parent(at);
        continue;
      }
      String next = RootPath.join(at, part);
      Node node = nodes.get(next);
      if (node != null && node.isSymlink()) {
        if (++symlinks > SYMLINKS_MAX) {
          throw new ImageException("refused: too many symlinks on the way to /" + directory);
        }
        at = node.target().startsWith("/") ? "" : at;
        pushAll(parts, node.target());
        continue;
      }
      at = next;
      step(at, node, missing);
    }
    return at;
  }

  private void step(String at, @Nullable Node node, Missing missing) throws IOException {
    if (node != null && !node.isDirectory() && missing == Missing.CREATE) {
      throw new ImageException("refused: /" + at + " is a file and a directory");
    }
    if (node == null && missing == Missing.CREATE) {
      put(at, Node.of(EntryType.DIRECTORY, Attributes.ofRoot(0755, 0, "")));
    }
  }

  private static void pushAll(Deque<String> parts, String target) {
    String[] more = target.split("/", -1);
    for (int i = more.length - 1; i >= 0; i--) {
      parts.push(more[i]);
    }
  }
}
