package org.atoll.abi.protocol;

import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;

/**
 * The reincarnation server: starts and watches servers and drivers.
 */
public final class RsProtocol {

  private RsProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * From a server: it is ready.
     */
    UP(0x800, "", "result"),

    /**
     * The services, as rows of text.
     */
    SERVICES(0x801, ">table", "result");

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
