package org.atoll.drivers.link.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;

/**
 * A wire that is a connection of Netty's.
 *
 * @param channel is trusted
 * @param via what it is, for a person
 */
record ChannelWire(Channel channel, String via) implements Wire {

  @Override
  public void send(ByteBuf bytes) {
    var _ = channel.write(bytes, channel.voidPromise());
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public void finish() {
    var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> endOutput());
  }

  private void endOutput() {
    var _ = ((DuplexChannel) channel).shutdownOutput();
  }

  @Override
  public void close() {
    var _ = channel.close();
  }
}
