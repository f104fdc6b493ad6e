package org.atoll.hypercall;

import org.atoll.abi.Errno;

/** The streams of a node that has no console. */
public final class NoStreams implements Streams {

  @Override
  public long status(int stream) {
    return CLOSED;
  }

  @Override
  public int ready(int stream, int events) {
    return -Errno.EBADF;
  }

  @Override
  public int read(int stream, byte[] target, int offset, int bytes) {
    return -Errno.EBADF;
  }

  @Override
  public int write(int stream, byte[] source, int offset, int bytes) {
    return -Errno.EBADF;
  }

  @Override
  public int watch(int stream, int events) {
    return -Errno.EBADF;
  }

  @Override
  public int unwatch(int stream, int events) {
    return -Errno.EBADF;
  }

  @Override
  public int terminalMode(int mode) {
    return -Errno.ENOTTY;
  }

  @Override
  public void channel(EventChannel channel) {
    // Nothing is ever raised: nothing can be watched.
  }
}
