package org.atoll.drivers.link.netty;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What stands between two nodes and cuts their connections: when it is told to, or after so many
 * bytes, wherever in a frame that is. While it is shut it takes connections and ends them.
 */
final class CuttingProxy implements Closeable {

  private final ServerSocket door;
  private final InetSocketAddress target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicLong untilCut = new AtomicLong(Long.MAX_VALUE);
  private volatile long cutEvery = Long.MAX_VALUE;
  private volatile boolean shut;

  CuttingProxy(InetSocketAddress target) throws IOException {
    this.target = target;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(door.getInetAddress(), door.getLocalPort());
  }

  /** Cuts after each so many bytes, both directions counted together. */
  void cutEvery(long bytes) {
    cutEvery = bytes;
    untilCut.set(bytes);
  }

  /** Cuts, and lets nobody through until it is told to open. */
  void shut() {
    shut = true;
    cut();
  }

  void open() {
    shut = false;
  }

  int cuts() {
    return cuts.get();
  }

  private void cut() {
    cuts.incrementAndGet();
    open.forEach(CuttingProxy::end);
    open.clear();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket near = door.accept();
        if (shut) {
          end(near);
          continue;
        }
        Socket far = new Socket(target.getAddress(), target.getPort());
        far.setTcpNoDelay(true);
        near.setTcpNoDelay(true);
        open.add(near);
        open.add(far);
        Thread.ofVirtual().start(() -> pass(near, far));
        Thread.ofVirtual().start(() -> pass(far, near));
      } catch (IOException ended) {
        // The door is closed, or the target is: whoever comes next finds out.
      }
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] bytes = new byte[8_192];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
        long left = untilCut.addAndGet(-count);
        if (left < 0) {
          out.write(bytes, 0, (int) Math.max(0, count + left));
          untilCut.set(cutEvery);
          cut();
          return;
        }
        out.write(bytes, 0, count);
      }
    } catch (IOException ended) {
      // One end is gone, and so is the other.
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException ended) {
      // It is closed.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
