package org.atoll.drivers.net.netty;

import io.netty.channel.unix.Errors.NativeIoException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import org.atoll.abi.Errno;

/** What an exception of the host's network is to a program. */
final class Errnos {

  private Errnos() {}

  static int of(Throwable cause) {
    return switch (cause) {
      case NativeIoException known -> -known.expectedErr();
      case PortUnreachableException _ -> Errno.ECONNREFUSED;
      case NoRouteToHostException unreachable -> text(unreachable, Errno.EHOSTUNREACH);
      case ConnectException refused -> text(refused, Errno.ECONNREFUSED);
      case BindException _ -> Errno.EADDRNOTAVAIL;
      case ClosedChannelException _ -> Errno.ECONNRESET;
      default -> text(cause, Errno.ECONNRESET);
    };
  }

  /** Where the exception does not tell the number, its words do. */
  private static int text(Throwable cause, int otherwise) {
    String text = String.valueOf(cause.getMessage());
    if (text.contains("Network is unreachable") || text.contains("Network unreachable")) {
      return Errno.ENETUNREACH;
    }
    if (text.contains("timed out")) {
      return Errno.ETIMEDOUT;
    }
    if (text.contains("No route to host")) {
      return Errno.EHOSTUNREACH;
    }
    if (text.contains("Connection reset")) {
      return Errno.ECONNRESET;
    }
    return otherwise;
  }
}
