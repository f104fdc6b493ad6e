package org.atoll.drivers.link.shm;

import java.nio.ByteBuffer;
import org.atoll.drivers.link.LinkBrokenException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A node takes out of the memory between it and another one while that puts something there. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Nothing is there yet.")
@Outcome(id = "2, 14", expect = Expect.ACCEPTABLE, desc = "It is there, and whole.")
@Outcome(expect = Expect.FORBIDDEN, desc = "What was taken is not what was put.")
@State
public class RingBytesStress {

  private final SharedRings.Ring ring = SharedRings.next();
  private final ByteBuffer put = ByteBuffer.wrap(new byte[] {7, 7});
  private final ByteBuffer taken = ByteBuffer.allocate(2);

  @Actor
  public void reader(II_Result r) {
    try {
      r.r1 = ring.reader().take(taken);
      r.r2 = taken.get(0) + taken.get(1);
    } catch (LinkBrokenException lie) {
      r.r1 = -1;
    }
  }

  @Actor
  public void writer() {
    ring.writer().put(put);
  }
}
