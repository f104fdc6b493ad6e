package org.atoll.bench.ipc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Program;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.bench.StrictTask;
import org.atoll.kernel.Node;
import org.atoll.kernel.Privileges;

/** Makes processes of a node without pm and vm, one after the other, and lets spinners spin. */
final class Processes extends StrictTask {

  private static final long CODE_PAGE = 16;

  private final Deque<Program> programs = new ArrayDeque<>();
  private final List<Program> order;
  private Program asked;
  private int made;
  private int last;

  /**
   * @param order what each of them is made of
   */
  Processes(List<Program> order) {
    this.order = List.copyOf(order);
    this.asked = order.getFirst();
    programs.addAll(order);
  }

  /** What the node makes the next process of. */
  Program next() {
    return programs.remove();
  }

  /** Starts them all; answers the endpoint of the last one. On the CPU's thread. */
  int start(Node node) {
    int task = node.start("processes", this, Privileges.SERVER);
    node.channel(task).raise();
    node.cpu(0).runUntil(() -> made == order.size());
    return last;
  }

  @Override
  public void notified(Turn turn, int source) {
    spawn(turn);
  }

  private void spawn(Turn turn) {
    asked = order.get(made);
    Message m = turn.scratch();
    KernelProtocol.Call.SPAWN.encode(m);
    int kernel = org.atoll.abi.Endpoint.kernelOf(turn.node());
    if (turn.call(kernel, m) < 0) {
      throw new IllegalStateException("cannot spawn");
    }
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    last = (int) m.w0;
    if (last < 0) {
      throw new IllegalStateException("cannot spawn: errno " + -last);
    }
    made++;
    if (asked instanceof SpinProgram) {
      spin(turn, last);
    }
    if (made < order.size()) {
      spawn(turn);
    }
  }

  private static void spin(Turn turn, int process) {
    KernelCalls kernel = turn.kernel();
    int space = kernel.spaceCreate();
    int frame = kernel.frameAllocate();
    kernel.frameWrite(frame, 0, SpinProgram.CODE, 0, SpinProgram.CODE.length);
    int rights = KernelCalls.PAGE_READ | KernelCalls.PAGE_EXECUTE;
    if (kernel.spaceMap(space, CODE_PAGE, frame, rights) < 0
        || kernel.taskSpace(process, space) < 0) {
      throw new IllegalStateException("no memory for a spinner");
    }
    long start = CODE_PAGE * Limits.PAGE_BYTES;
    turn.send(process, turn.scratch().set(SpinProgram.RUN, start, 0, 0, 0, 0, 0, 0));
  }
}
