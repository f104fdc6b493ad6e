package org.atoll.image.debian;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that must be as long as was announced: it fails when it ends before. */
final class WholeStream extends FilterInputStream {
  private long left;

  WholeStream(InputStream in, long announcedBytes) {
    super(in);
    this.left = announcedBytes;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    account(value < 0 ? -1 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    account(count);
    return count;
  }

  private void account(int count) throws IOException {
    if (count >= 0) {
      left -= count;
    } else if (left > 0) {
      throw new IOException("the transfer broke off " + left + " bytes before its end");
    }
  }
}
