package org.atoll.servers.vfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.protocol.SocketProtocol;

/** What the control messages of a SEND say: descriptors, and on whose behalf (cmsg(3), unix(7)). */
final class ControlMessages {

  static final int LEVEL_SOCKET = 1;
  static final int RIGHTS = 1;
  static final int CREDENTIALS = 2;
  static final int HEADER_BYTES = 16;
  static final int CREDENTIALS_BYTES = 12;

  final List<OpenFile> files = new ArrayList<>();

  /** Who sends. */
  long pid;

  long ids;

  /** 0, or the negated errno of what is wrong. */
  int error;

  private ControlMessages(Process process) {
    this.pid = process.pid;
    this.ids = process.realUid & 0xffff_ffffL | (long) process.realGid << Integer.SIZE;
  }

  static ControlMessages read(byte[] bytes, Process process, boolean unix) {
    ControlMessages all = new ControlMessages(process);
    if (unix) {
      all.read(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), process);
    }
    return all;
  }

  /** How far the next message is from one of that length. */
  static int aligned(int bytes) {
    return bytes + 7 & -8;
  }

  private void read(ByteBuffer bytes, Process process) {
    int at = 0;
    while (error == 0 && bytes.capacity() - at >= HEADER_BYTES) {
      long length = bytes.getLong(at);
      if (length < HEADER_BYTES || length > bytes.capacity() - at) {
        error = -Errno.EINVAL;
        return;
      }
      if (bytes.getInt(at + 8) == LEVEL_SOCKET) {
        int type = bytes.getInt(at + 12);
        ByteBuffer data = bytes.slice(at + HEADER_BYTES, (int) length - HEADER_BYTES);
        error = one(type, data.order(ByteOrder.LITTLE_ENDIAN), process);
      }
      at += aligned((int) length);
    }
  }

  private int one(int type, ByteBuffer data, Process process) {
    return switch (type) {
      case RIGHTS -> rights(data, process);
      case CREDENTIALS -> credentials(data, process);
      default -> -Errno.EINVAL;
    };
  }

  private int rights(ByteBuffer data, Process process) {
    int count = data.capacity() / Integer.BYTES;
    if (files.size() + count > SocketProtocol.RIGHTS_MAX) {
      return -Errno.EINVAL;
    }
    for (int i = 0; i < count; i++) {
      OpenFile file = process.file(data.getInt(Integer.BYTES * i));
      if (file == null) {
        return -Errno.EBADF;
      }
      files.add(file);
    }
    return 0;
  }

  /** Who is not root may only tell the truth. */
  private int credentials(ByteBuffer data, Process process) {
    if (data.capacity() != CREDENTIALS_BYTES) {
      return -Errno.EINVAL;
    }
    int claimed = data.getInt(0);
    int uid = data.getInt(4);
    int gid = data.getInt(8);
    boolean root = process.uid == 0;
    boolean own = uid == process.uid || uid == process.realUid;
    boolean ownGroup = gid == process.gid || gid == process.realGid;
    if (!root && (claimed != process.pid || !own || !ownGroup)) {
      return -Errno.EPERM;
    }
    pid = claimed;
    ids = uid & 0xffff_ffffL | (long) gid << Integer.SIZE;
    return 0;
  }
}
