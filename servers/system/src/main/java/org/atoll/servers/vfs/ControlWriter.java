package org.atoll.servers.vfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The control messages of a RECEIVE, as many as there is room for. */
final class ControlWriter {

  private static final int TRUNCATED = 0x8;

  private final ByteBuffer out;
  private int flags;

  ControlWriter(int room) {
    out = ByteBuffer.allocate(room).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** MSG_CTRUNC when something was left out. */
  int flags() {
    return flags;
  }

  byte[] bytes() {
    return Arrays.copyOf(out.array(), out.position());
  }

  /** SCM_CREDENTIALS: pid, user and group. */
  void credentials(long pid, long ids) {
    ByteBuffer data =
        ByteBuffer.allocate(ControlMessages.CREDENTIALS_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt((int) pid).putInt((int) ids).putInt((int) (ids >> Integer.SIZE));
    put(ControlMessages.CREDENTIALS, data.array());
  }

  private void put(int type, byte[] data) {
    int room = out.remaining() - ControlMessages.HEADER_BYTES;
    if (room < 0) {
      flags |= TRUNCATED;
      return;
    }
    flags |= room < data.length ? TRUNCATED : 0;
    int bytes = Math.min(room, data.length);
    out.putLong(ControlMessages.HEADER_BYTES + bytes).putInt(ControlMessages.LEVEL_SOCKET);
    out.putInt(type).put(data, 0, bytes);
    out.position(Math.min(out.capacity(), ControlMessages.aligned(out.position())));
  }

  /** How many descriptors there is room for. */
  int rightsRoom() {
    return Math.max(0, out.remaining() - ControlMessages.HEADER_BYTES) / Integer.BYTES;
  }

  /** SCM_RIGHTS: the descriptors that were opened, of so many. */
  void rights(int[] fds, int opened, int sent) {
    flags |= opened < sent ? TRUNCATED : 0;
    if (opened > 0) {
      ByteBuffer data = ByteBuffer.allocate(Integer.BYTES * opened).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < opened; i++) {
        data.putInt(fds[i]);
      }
      put(ControlMessages.RIGHTS, data.array());
    }
  }
}
