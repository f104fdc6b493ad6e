package org.atoll.libsys.testing;

import org.atoll.abi.Message;

/**
 * A message that the server under test sent.
 *
 * @param destination to whom
 * @param call its call id, 0 when it is one-way
 * @param message a copy of it
 * @param in its in-buffer
 * @param outBytes room for bytes of the answer
 * @param lent the request whose buffers it lends, or 0
 * @param frame the frame that is its out-buffer, or -1
 * @param outOffset where in the lent out-buffer or the frame the answer's bytes go
 */
@SuppressWarnings("ArrayRecordComponent") // the recorder compares no two of them
public record Sent(
    int destination,
    long call,
    Message message,
    byte[] in,
    int outBytes,
    long lent,
    int frame,
    int outOffset) {

  /** Word {@code index} of the message. */
  public long word(int index) {
    return message.word(index);
  }
}
