package org.atoll.servers.procfs;

/**
 * The files of /proc/net (proc_pid_net(5)): those that the network server makes, and those about
 * the VOS's two interfaces, which are what they are. Nothing is counted: packets are not there.
 */
final class NetTexts {

  private static final String DEVICES =
      """
      Inter-|   Receive                                                |  Transmit
       face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
      """;

  private static final String NO_TRAFFIC =
      ":       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0\n";

  /** Gateways are of no use: what is not the VOS's is not there. */
  private static final String ROUTES =
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";

  private static final String OWN_ROUTE =
      "eth0\t0000400A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0";

  private static final int ROUTE_COLUMNS = 127;

  private static final String LOOPBACK_6 = "00000000000000000000000000000001";
  private static final String NONE_6 = "00000000000000000000000000000000";

  private NetTexts() {}

  /** Which table of the network server a file is. */
  static int table(Entry entry) {
    return switch (entry) {
      case NET_UNIX -> 0;
      case NET_TCP -> 1;
      case NET_TCP6 -> 2;
      case NET_UDP -> 3;
      case NET_UDP6 -> 4;
      case NET_SOCKSTAT -> 5;
      case NET_SOCKSTAT6 -> 6;
      case NET_RAW -> 7;
      case NET_RAW6 -> 8;
      case NET_ICMP -> 9;
      default -> throw new IllegalStateException("no table: " + entry);
    };
  }

  static String fixed(Entry entry) {
    return switch (entry) {
      case NET_ARP ->
          "IP address       HW type     Flags       HW address            Mask     Device\n";
      case NET_DEV -> DEVICES + "    lo" + NO_TRAFFIC + "  eth0" + NO_TRAFFIC;
      case NET_IF_INET6 -> LOOPBACK_6 + " 01 80 10 80       lo\n";
      case NET_IPV6_ROUTE -> route6();
      case NET_NETLINK ->
          "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n";
      case NET_PACKET -> "sk               RefCnt Type Proto  Iface R Rmem   User   Inode\n";
      case NET_ROUTE -> padded(ROUTES) + padded(OWN_ROUTE);
      default -> throw new IllegalStateException("not fixed: " + entry);
    };
  }

  private static String padded(String line) {
    return line + " ".repeat(ROUTE_COLUMNS - line.length()) + "\n";
  }

  private static String route6() {
    return LOOPBACK_6
        + " 80 "
        + NONE_6
        + " 00 "
        + NONE_6
        + " 00000100 00000001 00000000 00000001       lo\n";
  }
}
