package org.atoll.image.root;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The contents of all files of a root that is being built, one after the other in a temporary file,
 * so that a large root does not have to fit into memory. Gone when it is closed.
 */
final class Spool implements Closeable {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final FileChannel channel;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private long end;

  Spool(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, ".spool-", "");
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** The offset at which the next contents will start. */
  long end() {
    return end;
  }

  /** Takes exactly {@code sizeBytes} from the stream. */
  void append(InputStream in, long sizeBytes) throws IOException {
    long left = sizeBytes;
    while (left > 0) {
      int count = in.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (count < 0) {
        throw new ImageException("the archive ends in the middle of a file");
      }
      write(ByteBuffer.wrap(chunk, 0, count));
      left -= count;
    }
  }

  void copy(long offset, long sizeBytes, OutputStream out) throws IOException {
    long at = offset;
    long last = offset + sizeBytes;
    while (at < last) {
      int count = read(at, (int) Math.min(chunk.length, last - at));
      out.write(chunk, 0, count);
      at += count;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private int read(long at, int wanted) throws IOException {
    int count = channel.read(ByteBuffer.wrap(chunk, 0, wanted), at);
    if (count <= 0) {
      throw new IOException("the spool file of the image was cut while it was in use");
    }
    return count;
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      end += channel.write(bytes, end);
    }
  }
}
