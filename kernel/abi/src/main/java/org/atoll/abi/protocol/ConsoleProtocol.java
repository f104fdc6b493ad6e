package org.atoll.abi.protocol;

import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;

/**
 * The console driver: the three streams of the command (0 in, 1 out, 2 err). It keeps nothing: what is
 * not asked for is not read from the host.
 */
public final class ConsoleProtocol {

  private ConsoleProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * Waits for input: 0 at its end. Errors: EINTR (cancelled), EIO.
     */
    READ(0x700, "stream bytes >data", "bytes"),

    /**
     * Answered when the host has taken it. Errors: EPIPE, EIO, EINTR (cancelled, nothing taken), ENOSPC.
     */
    WRITE(0x701, "stream bytes <data", "bytes"),

    /**
     * Answered when one of the events (POLLIN 1, POLLOUT 4) or an error is there; cancelled: EINTR.
     */
    WATCH(0x702, "stream events:x", "events:x"),

    /**
     * Kind: 0 terminal, 1 pipe, socket or other, 2 regular file, 3 closed, 4 null device.
     */
    STATUS(0x703, "stream", "kind rows columns");

    private final int number;
    private final Signature signature;

    Call(int number, String request, String answer) {
      this.number = number;
      this.signature = Signature.of(request, answer);
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Signature signature() {
      return signature;
    }
  }
}
