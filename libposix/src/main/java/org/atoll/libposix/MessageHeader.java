package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.protocol.SocketProtocol;
import org.atoll.libposix.layout.LittleEndian;

/**
 * A struct msghdr of the process.
 *
 * @param at where it is
 * @param name where its address is, or goes
 * @param nameBytes room for the address, or its size
 * @param data its buffers
 * @param control where its control messages are, or go
 * @param controlBytes room for them, or their size
 */
record MessageHeader(
    long at, long name, int nameBytes, IoVector data, long control, int controlBytes) {

  /** Bytes of struct msghdr. */
  static final int BYTES = 56;

  private static final int NAME_LENGTH = 8;
  private static final int VECTOR = 16;
  private static final int COUNT = 24;
  private static final int CONTROL = 32;
  private static final int CONTROL_LENGTH = 40;
  private static final int FLAGS = 48;

  /** Control messages beyond that are refused (Linux optmem_max). */
  private static final int CONTROL_BYTES_MAX = 20_480;

  /** Fails with EFAULT, EINVAL, EMSGSIZE, ENOBUFS. */
  static MessageHeader at(Guest guest, long address, boolean sends) {
    byte[] bytes = guest.read(address, BYTES);
    long name = LittleEndian.getLong(bytes, 0);
    int nameBytes = name == 0 ? 0 : LittleEndian.getInt(bytes, NAME_LENGTH);
    if (nameBytes < 0) {
      throw new Failure(Errno.EINVAL);
    }
    long control = LittleEndian.getLong(bytes, CONTROL);
    long controlBytes = LittleEndian.getLong(bytes, CONTROL_LENGTH);
    if (sends && (controlBytes < 0 || controlBytes > CONTROL_BYTES_MAX)) {
      throw new Failure(Errno.ENOBUFS);
    }
    int room = control == 0 && !sends ? 0 : (int) Math.clamp(controlBytes, 0L, CONTROL_BYTES_MAX);
    IoVector data =
        IoVector.at(guest, LittleEndian.getLong(bytes, VECTOR), LittleEndian.getLong(bytes, COUNT));
    int known = Math.min(nameBytes, SocketProtocol.ADDRESS_BYTES_MAX);
    return new MessageHeader(address, name, known, data, control, room);
  }

  /** Makes sure that what is received has its places. */
  void checkWritable(Guest guest, long bytes, int access) {
    guest.writable(at, BYTES);
    if (nameBytes > 0) {
      guest.writable(name, nameBytes);
    }
    if (controlBytes > 0) {
      guest.writable(control, controlBytes);
    }
    data.check(guest, bytes, access);
  }

  /** Tells what was received besides the data. */
  void tell(Guest guest, int addressBytes, int toldControlBytes, int flags) {
    if (name != 0) {
      guest.putInt(at + NAME_LENGTH, addressBytes);
    }
    guest.putLong(at + CONTROL_LENGTH, toldControlBytes);
    guest.putInt(at + FLAGS, flags);
  }
}
