package org.atoll.drivers.control;

import org.atoll.abi.protocol.RsProtocol;

/**
 * One thing that a person asks of a running VOS.
 *
 * @param id names it in the answer
 * @param call what RS is asked first; {@code FIND} is followed by a call of the service itself
 * @param in what goes along, the name of a service; empty when there is none
 * @param own the request to the service after {@code FIND}
 */
@SuppressWarnings("ArrayRecordComponent") // no two commands are compared
public record Command(long id, RsProtocol.Call call, byte[] in, Own own) {

  /**
   * A request of a service's own protocol.
   *
   * @param type its number
   * @param words its words, at most seven
   * @param in its in-buffer
   */
  @SuppressWarnings("ArrayRecordComponent") // no two requests are compared
  public record Own(int type, long[] words, byte[] in) {

    /** No request. */
    public static final Own NONE = new Own(0, new long[0], new byte[0]);
  }

  /**
   * What came of it.
   *
   * @param words of the answer; the first is the result
   * @param bytes of its out-buffer
   */
  @SuppressWarnings("ArrayRecordComponent") // no two answers are compared
  public record Answer(long[] words, byte[] bytes) {}
}
