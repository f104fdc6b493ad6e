package org.atoll.hypercall.sim;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.atoll.abi.Errno;
import org.atoll.hypercall.Network;

/** Somebody outside: what they send, and what they were sent. */
public final class SimulatedPeer {

  private final long handle;
  private final long[] address;
  private final LongConsumer mark;
  private final ArrayDeque<byte[]> sent = new ArrayDeque<>();
  private final ArrayDeque<long[]> senders = new ArrayDeque<>();
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private int status = -Errno.EINPROGRESS;
  private int room = Integer.MAX_VALUE;
  private int error;
  private boolean ended;
  private boolean shut;
  private int how = -1;

  SimulatedPeer(long handle, long[] address, LongConsumer mark) {
    this.handle = handle;
    this.address = address;
    this.mark = mark;
  }

  long handle() {
    return handle;
  }

  long[] address() {
    return address;
  }

  // ---- what they do

  /** Answers an attempt to connect: 0, or a negated errno. */
  public void connected(int result) {
    status = result;
    mark.accept(handle);
  }

  /** Sends bytes, or a datagram. */
  public void send(byte[] bytes, long... from) {
    sent.addLast(bytes.clone());
    senders.addLast(from);
    mark.accept(handle);
  }

  /** Sends no more. */
  public void end() {
    ended = true;
    mark.accept(handle);
  }

  /** Resets, or refuses. */
  public void fail(int errno) {
    error = errno;
    mark.accept(handle);
  }

  /** Takes so many bytes more. */
  public void room(int bytes) {
    room = bytes;
    mark.accept(handle);
  }

  /** What they were sent. */
  public byte[] taken() {
    return taken.toByteArray();
  }

  /** Forgets what they were sent so far. */
  void forgetTaken() {
    taken.reset();
  }

  /** Bytes that they have sent, and nobody has taken. */
  int untaken() {
    return sent.stream().mapToInt(bytes -> bytes.length).sum();
  }

  /** Whether they were told that no more follows. */
  public boolean isShut() {
    return shut;
  }

  /** How they were left, as in {@link Network#close}; -1: they were not. */
  public int leftBy() {
    return how;
  }

  // ---- what the VOS does

  int status() {
    return status;
  }

  int read(byte[] target, int bytes) {
    byte[] first = sent.pollFirst();
    if (first == null) {
      return error != 0 ? -error : ended ? 0 : -Errno.EAGAIN;
    }
    int count = Math.min(bytes, first.length);
    System.arraycopy(first, 0, target, 0, count);
    if (count < first.length) {
      sent.addFirst(Arrays.copyOfRange(first, count, first.length));
    } else {
      senders.removeFirst();
    }
    return count;
  }

  int receive(byte[] target, long[] from) {
    byte[] first = sent.pollFirst();
    if (first == null) {
      int told = error == 0 ? Errno.EAGAIN : error;
      error = 0;
      return -told;
    }
    System.arraycopy(first, 0, target, 0, first.length);
    System.arraycopy(senders.removeFirst(), 0, from, 0, Network.ADDRESS_WORDS);
    return first.length;
  }

  int write(byte[] source, int bytes) {
    if (error != 0) {
      return -error;
    }
    int count = Math.min(room, bytes);
    room -= count;
    taken.write(source, 0, count);
    return count == 0 ? -Errno.EAGAIN : count;
  }

  int shutdown() {
    shut = true;
    return 0;
  }

  int closed(int by) {
    how = by;
    return 0;
  }
}
