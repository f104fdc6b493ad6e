package org.atoll.drivers.link.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

final class ReceiveBufferTest {

  private final RecvByteBufAllocator.ExtendedHandle handle = new ReceiveBuffer().newHandle();

  private ByteBuf allocate() {
    return handle.allocate(UnpooledByteBufAllocator.DEFAULT);
  }

  @Test
  void aConnectionIsReadOnceInATurnOfTheLoopHoweverMuchIsThere() {
    handle.reset(new EmbeddedChannel().config());
    ByteBuf bytes = allocate();
    handle.attemptedBytesRead(bytes.writableBytes());
    handle.lastBytesRead(bytes.writableBytes());
    handle.incMessagesRead(1);
    assertFalse(handle.continueReading());
  }

  @Test
  void theBufferIsHandedOutAgainEmptyOnceItIsGivenBack() {
    ByteBuf first = allocate();
    first.writeLong(1);
    first.release();
    ByteBuf second = allocate();
    assertSame(first, second);
    assertEquals(ReceiveBuffer.BYTES, second.writableBytes());
    assertThrows(IllegalStateException.class, this::allocate);
  }
}
