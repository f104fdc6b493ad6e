package org.atoll.hypercall.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two CPUs take frames and give one back, among three that were used before. */
@JCStressTest
@Outcome(id = "0, 3", expect = Expect.ACCEPTABLE, desc = "Each frame is somebody's, or free.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A frame belongs to two, or is lost.")
@State
public class FramesStress {

  private static final int COUNT = 3;

  /** Of all states: what is in the frames matters to none of them. */
  private static final MemorySegment MEMORY =
      Arena.global().allocate((long) COUNT * Frames.FRAME_BYTES, Frames.FRAME_BYTES);

  private final Frames frames = new Frames(MEMORY.address(), COUNT);
  private int one;
  private int two;

  /** All are free, and none unused. */
  public FramesStress() {
    int[] all = {frames.allocate(), frames.allocate(), frames.allocate()};
    for (int frame : all) {
      frames.release(frame);
    }
  }

  @Actor
  public void one() {
    one = frames.allocate();
  }

  /** The frame on top comes back, while the one below it does not. */
  @Actor
  public void two() {
    int top = frames.allocate();
    two = frames.allocate();
    frames.release(top);
  }

  @Arbiter
  public void rest(II_Result r) {
    int[] all = {one, two, frames.allocate(), frames.allocate()};
    int[] taken = Arrays.stream(all).filter(frame -> frame != Frames.NONE).toArray();
    r.r1 = taken.length - (int) Arrays.stream(taken).distinct().count();
    r.r2 = taken.length;
  }
}
