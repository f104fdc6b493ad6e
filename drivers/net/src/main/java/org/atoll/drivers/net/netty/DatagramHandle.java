package org.atoll.drivers.net.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import org.atoll.abi.Errno;
import org.jspecify.annotations.Nullable;

/** A socket for datagrams: what arrived, up to a bound; what is over it is lost, as UDP may. */
final class DatagramHandle extends ChannelInboundHandlerAdapter implements OpenHandle {

  private static final int BYTES_MAX = 262_144;

  /** What a datagram costs besides its bytes. */
  private static final int COST = 768;

  private final Marks marks;
  private final long handle;
  private final ArrayDeque<DatagramPacket> arrived = new ArrayDeque<>();
  private @Nullable Channel channel;
  private boolean connected;
  private boolean closed;
  private int held;
  private int waiting;
  private int error;

  DatagramHandle(Marks marks, long handle) {
    this.marks = marks;
    this.handle = handle;
  }

  /** The channel that it is made of. */
  void opened(Channel by, boolean isConnected) {
    channel = by;
    connected = isConnected;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    DatagramPacket packet = (DatagramPacket) message;
    int cost = packet.content().readableBytes() + COST;
    if (closed || held + cost > BYTES_MAX) {
      packet.release();
      return;
    }
    held += cost;
    arrived.addLast(packet);
    marks.mark(handle);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    failed(cause);
  }

  /** The host says why something did not go out. */
  void failed(Throwable cause) {
    if (connected && !closed) {
      error = Errnos.of(cause);
      marks.mark(handle);
    }
  }

  int receive(byte[] target, long[] from, Addresses addresses) {
    DatagramPacket packet = arrived.pollFirst();
    if (packet == null) {
      int told = error == 0 ? Errno.EAGAIN : error;
      error = 0;
      return -told;
    }
    ByteBuf bytes = packet.content();
    int count = Math.min(bytes.readableBytes(), target.length);
    held -= bytes.readableBytes() + COST;
    bytes.readBytes(target, 0, count);
    addresses.toGuest(packet.sender(), from);
    packet.release();
    return count;
  }

  /** Sends behind whatever else the loop has to do for this socket. */
  int send(byte[] source, int bytes, InetSocketAddress to) {
    Channel by = channel;
    if (by == null || waiting + bytes + COST > BYTES_MAX) {
      return bytes;
    }
    ByteBuf content = by.alloc().directBuffer(bytes).writeBytes(source, 0, bytes);
    int cost = bytes + COST;
    waiting += cost;
    by.eventLoop()
        .execute(() -> write(by, connected ? content : new DatagramPacket(content, to), cost));
    return bytes;
  }

  private void write(Channel by, Object message, int cost) {
    var _ =
        by.writeAndFlush(message)
            .addListener(sent -> {
              waiting -= cost;
              if (sent.cause() != null) {
                failed(sent.cause());
              }
            });
  }

  @Override
  public void close(int how) {
    closed = true;
    arrived.forEach(DatagramPacket::release);
    arrived.clear();
    Channel by = channel;
    if (by != null) {
      by.eventLoop()
          .execute(() -> {
            var _ = by.close();
          });
    }
  }
}
