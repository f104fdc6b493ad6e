package org.atoll.kernel;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A task is given what is no letter, while the CPU that holds its run token lets go of it: see
 * {@link RunTokenStress}.
 */
public class RunTokenEventsStress {

  /** The task that a CPU lets go of, having dealt with everything. */
  abstract static class Held {
    final Scheduler scheduler = new Scheduler();
    final Task task = Stressed.task();

    Held() {
      task.run.set(Task.RUNNING);
    }

    final void release() {
      scheduler.release(null, task);
    }

    final void ready(II_Result r) {
      r.r1 = scheduler.take() == null ? 0 : 1;
      r.r2 = scheduler.take() == null ? 0 : 1;
    }
  }

  /** It is notified. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "It is ready, once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The wake-up is lost, or two CPUs may run it.")
  @State
  public static class Notified extends Held {

    @Actor
    public void sender() {
      task.notifies.add(1);
      scheduler.wake(null, task);
    }

    @Actor
    public void holder() {
      release();
    }

    @Arbiter
    public void end(II_Result r) {
      ready(r);
    }
  }

  /** A call of it is answered. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "It is ready, once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The wake-up is lost, or two CPUs may run it.")
  @State
  public static class Answered extends Held {
    private final CallRecord call = new CallRecord(Stressed.FRAMES, new Staging(), task);

    @Actor
    public void sender() {
      task.pushAnswer(call);
      scheduler.wake(null, task);
    }

    @Actor
    public void holder() {
      release();
    }

    @Arbiter
    public void end(II_Result r) {
      ready(r);
    }
  }

  /** An alarm of it is due. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "It is ready, once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The wake-up is lost, or two CPUs may run it.")
  @State
  public static class Alarmed extends Held {
    private final Alarms alarms = new Alarms();

    /** It has set an alarm. */
    public Alarmed() {
      alarms.set(task, 1, 1);
    }

    @Actor
    public void sender() {
      alarms.expire(1);
      scheduler.wake(null, task);
    }

    @Actor
    public void holder() {
      release();
    }

    @Arbiter
    public void end(II_Result r) {
      ready(r);
    }
  }

  /** It is to end. */
  @JCStressTest
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "It is ready, once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The wake-up is lost, or two CPUs may run it.")
  @State
  public static class Doomed extends Held {

    @Actor
    public void sender() {
      task.doomed = true;
      scheduler.wake(null, task);
    }

    @Actor
    public void holder() {
      release();
    }

    @Arbiter
    public void end(II_Result r) {
      ready(r);
    }
  }
}
