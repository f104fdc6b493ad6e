package org.atoll.drivers.net.netty;

import java.net.InetSocketAddress;

/**
 * A port of the VOS that is published on the host.
 *
 * @param host where on the host
 * @param port in the VOS
 * @param datagrams whether it is UDP, and not TCP
 */
public record Publication(InetSocketAddress host, int port, boolean datagrams) {

  /** As a person wrote it. */
  String text() {
    String address = host.getAddress().getHostAddress();
    String bracketed = address.contains(":") ? "[" + address + "]" : address;
    return bracketed + ":" + host.getPort() + (datagrams ? "/udp" : "");
  }
}
