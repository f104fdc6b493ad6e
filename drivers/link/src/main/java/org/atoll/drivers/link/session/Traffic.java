package org.atoll.drivers.link.session;

/**
 * What a session has carried: frames once each, however often they were sent, and their bytes
 * without heads.
 */
public final class Traffic {

  private long sentFrames;
  private long sentBytes;
  private long takenFrames;
  private long takenBytes;

  void sent(int bytes) {
    sentFrames++;
    sentBytes += bytes;
  }

  void taken(int bytes) {
    takenFrames++;
    takenBytes += bytes;
  }

  /** Frames that were handed over to be sent. */
  public long sentFrames() {
    return sentFrames;
  }

  /** Bytes of those frames. */
  public long sentBytes() {
    return sentBytes;
  }

  /** Frames that arrived. */
  public long takenFrames() {
    return takenFrames;
  }

  /** Bytes of those frames. */
  public long takenBytes() {
    return takenBytes;
  }
}
