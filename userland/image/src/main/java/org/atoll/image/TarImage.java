package org.atoll.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atoll.image.root.EntryType;
import org.atoll.image.root.ImageException;

/**
 * A tar of exactly the kind that {@link org.atoll.image.root.TarWriter} makes: ustar headers, and
 * pax records for long or non-ASCII names and for large numbers. Anything else is refused.
 *
 * <p>A library that reads every tar was measured beside it (see the ADR on images); this one runs
 * at every start.
 */
final class TarImage implements Image {
  private static final int BLOCK_BYTES = 512;
  private static final int WINDOW_SHIFT = 30;
  private static final long WINDOW_BYTES = 1L << WINDOW_SHIFT;

  /**
   * A smaller tar is read instead of mapped: the first {@code map} of a JVM takes 35 ms or more,
   * and without it the base image opens in 15 ms instead of 51 (see the ADR on images).
   */
  private static final long MAPPED_BYTES_MIN = 8L << 20;

  private static final int NAME_BYTES = 100;
  private static final int MODE_AT = 100;
  private static final int UID_AT = 108;
  private static final int GID_AT = 116;
  private static final int SIZE_AT = 124;
  private static final int MTIME_AT = 136;
  private static final int CHECKSUM_AT = 148;
  private static final int TYPE_AT = 156;
  private static final int LINK_AT = 157;
  private static final int MAGIC_AT = 257;
  private static final int PREFIX_AT = 345;
  private static final int PREFIX_BYTES = 155;
  private static final int ID_BYTES = 8;
  private static final int NUMBER_BYTES = 12;

  private final Path file;
  private final long sizeBytes;
  private final List<ByteBuffer> windows = new ArrayList<>();
  private final List<ImageEntry> entries = new ArrayList<>();
  private final byte[] header = new byte[BLOCK_BYTES];

  private TarImage(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.sizeBytes = channel.size();
    if (sizeBytes < MAPPED_BYTES_MIN) {
      windows.add(readWhole(channel));
      return;
    }
    for (long start = 0; start < sizeBytes; start += WINDOW_BYTES) {
      long length = Math.min(Integer.MAX_VALUE, sizeBytes - start);
      windows.add(channel.map(FileChannel.MapMode.READ_ONLY, start, length));
    }
  }

  private ByteBuffer readWhole(FileChannel channel) throws IOException {
    ByteBuffer all = ByteBuffer.allocate((int) sizeBytes);
    while (all.hasRemaining()) {
      if (channel.read(all) < 0) {
        throw refused("is cut off");
      }
    }
    return all.flip().asReadOnlyBuffer();
  }

  static TarImage read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      TarImage image = new TarImage(file, channel);
      image.readEntries();
      return image;
    }
  }

  @Override
  public List<ImageEntry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public ByteBuffer content(ImageEntry entry) throws IOException {
    if (entry.sizeBytes() > WINDOW_BYTES) {
      throw new ImageException(entry.path() + " is too long for one buffer");
    }
    return slice(entry.contentOffset(), (int) entry.sizeBytes());
  }

  @Override
  public InputStream stream(ImageEntry entry) {
    return new ContentStream(entry.contentOffset(), entry.sizeBytes());
  }

  private ByteBuffer slice(long offset, int length) {
    ByteBuffer window = windows.get((int) (offset >> WINDOW_SHIFT));
    return window.slice((int) (offset & (WINDOW_BYTES - 1)), length);
  }

  private void readEntries() throws IOException {
    long at = 0;
    PaxRecords pax = PaxRecords.none();
    while (readHeader(at)) {
      byte type = header[TYPE_AT];
      if (type == 'x') {
        int length = Math.toIntExact(Math.min(PaxRecords.BYTES_MAX, number(SIZE_AT, NUMBER_BYTES)));
        checkInside(at + BLOCK_BYTES, length);
        pax = PaxRecords.parse(slice(at + BLOCK_BYTES, length), file);
        at += BLOCK_BYTES + padded(length);
        continue;
      }
      ImageEntry entry = entry(type, at + BLOCK_BYTES, pax);
      checkInside(entry.contentOffset(), entry.sizeBytes());
      entries.add(entry);
      at += BLOCK_BYTES + padded(entry.sizeBytes());
      pax = PaxRecords.none();
    }
  }

  /** Reads the block; false at the block of zeros that ends the archive. */
  private boolean readHeader(long at) throws ImageException {
    checkInside(at, BLOCK_BYTES);
    slice(at, BLOCK_BYTES).get(header);
    int sum = 0;
    for (int i = 0; i < BLOCK_BYTES; i++) {
      boolean inChecksum = i >= CHECKSUM_AT && i < TYPE_AT;
      sum += inChecksum ? ' ' : header[i] & 0xff;
    }
    if (sum == 8 * ' ' && header[0] == 0) {
      return false;
    }
    boolean ustar =
        header[MAGIC_AT] == 'u' && header[MAGIC_AT + 4] == 'r' && header[MAGIC_AT + 5] == 0;
    if (!ustar || sum != number(CHECKSUM_AT, ID_BYTES)) {
      throw refused("has a header that is not ustar or damaged at byte " + at);
    }
    return true;
  }

  private ImageEntry entry(byte flag, long contentOffset, PaxRecords pax) throws ImageException {
    EntryType type =
        switch (flag) {
          case '0' -> EntryType.FILE;
          case '1' -> EntryType.HARD_LINK;
          case '2' -> EntryType.SYMLINK;
          case '5' -> EntryType.DIRECTORY;
          case '6' -> EntryType.FIFO;
          default -> throw refused("has an entry of type '" + (char) flag + "'");
        };
    long size = pax.size() >= 0 ? pax.size() : number(SIZE_AT, NUMBER_BYTES);
    if (type != EntryType.FILE && size != 0) {
      throw refused("has contents for what is no file");
    }
    return new ImageEntry(
        path(pax),
        type,
        (int) number(MODE_AT, ID_BYTES) & 07777,
        (int) (pax.uid() >= 0 ? pax.uid() : number(UID_AT, ID_BYTES)),
        (int) (pax.gid() >= 0 ? pax.gid() : number(GID_AT, ID_BYTES)),
        pax.hasMtime() ? pax.mtimeSeconds() : number(MTIME_AT, NUMBER_BYTES),
        size,
        pax.linkPath().isEmpty() ? text(LINK_AT, NAME_BYTES) : pax.linkPath(),
        contentOffset);
  }

  private String path(PaxRecords pax) throws ImageException {
    String path = pax.path();
    if (path.isEmpty()) {
      String prefix = text(PREFIX_AT, PREFIX_BYTES);
      String name = text(0, NAME_BYTES);
      path = prefix.isEmpty() ? name : prefix + "/" + name;
    }
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    int start = 0;
    while (start <= plain.length()) {
      int slash = plain.indexOf('/', start);
      int end = slash < 0 ? plain.length() : slash;
      if (!isName(plain, start, end)) {
        throw refused("has an entry with the name '" + path + "'");
      }
      start = end + 1;
    }
    return plain;
  }

  private static boolean isName(String path, int start, int end) {
    boolean dots = path.startsWith(".", start) && end - start == 1;
    boolean up = path.startsWith("..", start) && end - start == 2;
    return end > start && !dots && !up;
  }

  private String text(int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }

  /** An octal number, ended by a space, a NUL, or the end of its field. */
  private long number(int at, int length) throws ImageException {
    long value = 0;
    for (int i = at; i < at + length && header[i] != 0 && header[i] != ' '; i++) {
      if (header[i] < '0' || header[i] > '7') {
        throw refused("has a number that is not octal");
      }
      value = value * 8 + (header[i] - '0');
    }
    return value;
  }

  private void checkInside(long offset, long length) throws ImageException {
    if (length < 0 || offset + length > sizeBytes) {
      throw refused("is cut off");
    }
  }

  private static long padded(long length) {
    return (length + BLOCK_BYTES - 1) & -BLOCK_BYTES;
  }

  private ImageException refused(String why) {
    return new ImageException(
        file + " is no image of ours: it " + why + " (other tars can be imported)");
  }

  /** Reads contents of any length out of the windows. */
  private final class ContentStream extends InputStream {
    private long at;
    private final long end;

    ContentStream(long offset, long length) {
      this.at = offset;
      this.end = offset + length;
    }

    @Override
    public int read() {
      return at == end ? -1 : slice(at++, 1).get() & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (length > 0 && at == end) {
        return -1;
      }
      int count = (int) Math.min(length, Math.min(end - at, WINDOW_BYTES));
      slice(at, count).get(buffer, offset, count);
      at += count;
      return count;
    }
  }
}
