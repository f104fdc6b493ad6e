package org.atoll.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/** A transport that keeps what is sent. */
final class KeptFrames implements Transport {

  /** In the order in which they were sent. */
  final List<ByteBuffer> sent = new ArrayList<>();

  private @Nullable ByteBuffer claimed;

  @Override
  public ByteBuffer claim(int to, int bytes) {
    ByteBuffer place = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    claimed = place;
    return place;
  }

  @Override
  public void commit(int to) {
    ByteBuffer full = claimed;
    if (full != null) {
      sent.add(full.flip());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void drop(int other, String reason) {}

  @Override
  public void receiver(Receiver to) {}
}
