package org.atoll.drivers.net.netty;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.atoll.hypercall.Network;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as the VOS and as its host have them. The host's loopback is not the VOS's: in the VOS
 * the host and its resolver have addresses of their own.
 *
 * @param resolver of the host, or null where the VOS has none
 */
record Addresses(@Nullable InetSocketAddress resolver) {

  private static final int RESOLVER_PORT = 53;

  /** As the VOS has it. */
  void toGuest(InetSocketAddress host, long[] target) {
    target[2] = host.getPort();
    InetAddress address = host.getAddress();
    if (host.equals(resolver)) {
      target[2] = RESOLVER_PORT;
      mapped(Network.RESOLVER_ADDRESS, target);
    } else if (address.isLoopbackAddress()) {
      mapped(Network.HOST_ADDRESS, target);
    } else if (address instanceof Inet4Address) {
      mapped(ByteBuffer.wrap(address.getAddress()).getInt(), target);
    } else {
      ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
      target[0] = bytes.getLong();
      target[1] = bytes.getLong();
    }
  }

  private static void mapped(int address, long[] target) {
    target[0] = 0;
    target[1] = Network.MAPPED | address & 0xffff_ffffL;
  }

  /** As the host has it; null: nobody is there. */
  @Nullable InetSocketAddress toHost(long[] guest) {
    int port = (int) guest[2] & 0xffff;
    boolean four = guest[0] == 0 && (guest[1] & -1L << 32) == Network.MAPPED;
    if (four && (int) guest[1] == Network.RESOLVER_ADDRESS) {
      return port == RESOLVER_PORT ? resolver : null;
    }
    if (four && (int) guest[1] == Network.HOST_ADDRESS) {
      return new InetSocketAddress(of(bytes4(127 << 24 | 1)), port);
    }
    byte[] bytes = four ? bytes4((int) guest[1]) : bytes6(guest[0], guest[1]);
    return new InetSocketAddress(of(bytes), port);
  }

  private static byte[] bytes4(int address) {
    byte[] bytes = new byte[Integer.BYTES];
    ByteBuffer.wrap(bytes).putInt(address);
    return bytes;
  }

  private static byte[] bytes6(long high, long low) {
    byte[] bytes = new byte[2 * Long.BYTES];
    ByteBuffer.wrap(bytes).putLong(high).putLong(low);
    return bytes;
  }

  private static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("neither 4 nor 16 bytes", e);
    }
  }
}
