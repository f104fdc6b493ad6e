package org.atoll.image.debian;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.atoll.image.root.ImageException;

/** A stream that refuses to be longer than a limit: what guards against decompression bombs. */
final class BoundedStream extends FilterInputStream {
  private final String name;
  private final long bytesMax;
  private long sum;

  BoundedStream(InputStream in, long bytesMax, String name) {
    super(in);
    this.bytesMax = bytesMax;
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    account(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    account(count);
    return count;
  }

  private void account(int count) throws IOException {
    sum += Math.max(0, count);
    if (sum > bytesMax) {
      throw new ImageException("refused: " + name + " unpacks to more than " + bytesMax + " bytes");
    }
  }
}
