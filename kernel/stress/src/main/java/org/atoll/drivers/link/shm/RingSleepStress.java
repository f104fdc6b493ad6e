package org.atoll.drivers.link.shm;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A node puts something into the memory between it and another one, which looks for it a last time
 * and goes to sleep. Each sees the memory at addresses of its own, as two processes do.
 */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.ACCEPTABLE, desc = "The reader sees it.")
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "It sees it; the bell is rung.")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "It sleeps; the bell is rung.")
@Outcome(id = "true, false", expect = Expect.FORBIDDEN, desc = "It sleeps; nobody rings.")
@State
public class RingSleepStress {

  private final SharedRings.Ring ring = SharedRings.next();
  private final ByteBuffer one = ByteBuffer.allocate(1);

  @Actor
  public void reader(ZZ_Result r) {
    r.r1 = ring.reader().maySleep();
  }

  @Actor
  public void writer(ZZ_Result r) {
    r.r2 = ring.writer().put(one) && ring.writer().readerSleeps();
  }
}
