package org.atoll.servers.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import org.atoll.abi.Errno;
import org.jspecify.annotations.Nullable;

/**
 * The names of Unix sockets (unix(7)): inodes of the file system, and abstract ones, which begin
 * with a zero.
 */
final class UnixNames {

  /** Bytes of sockaddr_un. */
  private static final int ADDRESS_BYTES = 110;

  private static final int FAMILY_BYTES = 2;

  /** Names that the server makes up have five hexadecimal digits. */
  private static final int MADE_UP_MAX = 1 << 20;

  private final TreeMap<String, Socket> sockets = new TreeMap<>();

  /** At a load. */
  void enter(String key, Socket socket) {
    sockets.put(key, socket);
  }

  /** A name as sockaddr_un. */
  static byte[] bytes(byte[] name) {
    byte[] address = new byte[FAMILY_BYTES + name.length];
    address[0] = Socket.UNIX;
    System.arraycopy(name, 0, address, FAMILY_BYTES, name.length);
    return address;
  }

  /** 0, or the negated errno of what is no address of a Unix socket. */
  static int check(byte[] address) {
    boolean sound = address.length >= FAMILY_BYTES && address.length <= ADDRESS_BYTES;
    return sound && Address.family(address) == Socket.UNIX ? 0 : -Errno.EINVAL;
  }

  /** Whether the server is to make up a name. */
  static boolean isAnonymous(byte[] address) {
    return address.length == FAMILY_BYTES;
  }

  private static String keyOf(int fs, long inode) {
    return "/" + fs + ":" + inode;
  }

  /** Sockets of different types may have one abstract name. */
  private static String abstractKey(int type, byte[] address) {
    int bytes = address.length - FAMILY_BYTES;
    return "@" + type + new String(address, FAMILY_BYTES, bytes, ISO_8859_1);
  }

  /** Gives a socket its name; 0 or a negated errno. */
  int bind(Socket socket, byte[] address, int fs, long inode) {
    boolean hasPlace = fs >= 0;
    String key = hasPlace ? keyOf(fs, inode) : abstractKey(socket.type, address);
    if (sockets.get(key) != null) {
      return -Errno.EADDRINUSE;
    }
    byte[] name = Arrays.copyOfRange(address, FAMILY_BYTES, address.length);
    name(socket, key, hasPlace ? ended(name) : name);
    return 0;
  }

  /** With the zero at the end of a path, and nothing behind it. */
  private static byte[] ended(byte[] name) {
    int length = 0;
    while (length < name.length && name[length] != 0) {
      length++;
    }
    return Arrays.copyOf(name, length + 1);
  }

  private void name(Socket socket, String key, byte[] name) {
    socket.key = key;
    socket.name = name;
    sockets.put(key, socket);
  }

  /** Makes up a name; 0 or a negated errno. */
  int bindAnywhere(Socket socket) {
    for (int number = 0; number < MADE_UP_MAX; number++) {
      String text = String.format(Locale.ROOT, "\0%05x", number);
      String key = "@" + socket.type + text;
      if (sockets.get(key) == null) {
        name(socket, key, text.getBytes(ISO_8859_1));
        return 0;
      }
    }
    return -Errno.EADDRINUSE;
  }

  /** The socket with a name, or null. */
  @Nullable Socket find(int type, byte[] address, int fs, long inode) {
    return sockets.get(fs >= 0 ? keyOf(fs, inode) : abstractKey(type, address));
  }

  /** A socket is gone, and its name with it. */
  void forget(Socket socket) {
    if (socket.key != null) {
      sockets.remove(socket.key);
    }
  }
}
