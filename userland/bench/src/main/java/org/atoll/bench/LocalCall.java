package org.atoll.bench;

import java.util.Set;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxHost;
import org.atoll.kernel.Cpu;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Privileges;

/**
 * A node with a caller and a server that is idle between calls. The caller has a process's rights:
 * it may send to roles alone, one of which the server serves. Owner: the thread that calls {@link
 * #call}.
 */
final class LocalCall {

  private static final Privileges CALLER =
      new Privileges(Privileges.Sends.ROLES, Privileges.mask(Set.of(Role.VFS)), 0, 0);

  private final Caller caller = new Caller();
  private final Cpu cpu;

  LocalCall() {
    Node node = BenchNode.on(new LinuxHost(new Libc(), 1), NodeConfig.single(), null);
    node.role(Role.VFS, node.start("server", new NullServer(), Privileges.SERVER));
    node.channel(node.start("caller", caller, CALLER)).raise();
    cpu = node.cpu(0);
  }

  /** Lets the CPU go on until so many more calls are answered. */
  long call(int calls) {
    long until = caller.answered + calls;
    while (caller.answered < until) {
      if (!cpu.step()) {
        throw new IllegalStateException("the caller has ended after " + caller.answered);
      }
    }
    return caller.number;
  }

  /** Calls again with what it was answered, for ever. */
  private static final class Caller extends StrictTask {
    private long number;
    private long answered;

    @Override
    public void notified(Turn turn, int source) {
      call(turn);
    }

    @Override
    public void answered(Turn turn, long call, Message m) {
      if (m.w0 != 0 || m.w1 != NullServer.next(number)) {
        throw new IllegalStateException("answered " + m.w0 + ", " + m.w1);
      }
      number = m.w1;
      answered++;
      call(turn);
    }

    private void call(Turn turn) {
      Message m = turn.scratch().set(NullServer.NULL, number, 0, 0, 0, 0, 0, 0);
      long call = turn.call(turn.role(Role.VFS), m);
      if (call <= 0) {
        throw new IllegalStateException("cannot call: errno " + -call);
      }
    }
  }
}
