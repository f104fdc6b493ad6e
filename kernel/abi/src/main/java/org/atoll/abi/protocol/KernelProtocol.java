package org.atoll.abi.protocol;

import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;

/**
 * Kernel calls about tasks, made by message to the kernel of the node that they concern
 * ({@link org.atoll.abi.Endpoint#kernelOf}). Owner of the privileges: PM and RS.
 */
public final class KernelProtocol {

  private KernelProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * A new process with an empty program, zero registers and no address space. Errors: EAGAIN (no slot).
     */
    SPAWN(0x100, "", "task:ep"),

    /**
     * A copy of a process that is at rest: registers and program; no address space yet. The child stays
     * at rest until its program is told {@link ProcessProtocol.Call#FORKED}. Errors: ESRCH, EAGAIN.
     */
    FORK(0x101, "parent:ep", "task:ep"),

    /**
     * Ends a task and gives its slot back; whoever waits for it gets EDEADSRCDST. Errors: ESRCH.
     */
    DESTROY(0x102, "task:ep", "result"),

    /**
     * Takes over a process from another node under its endpoint: pieces of its saved program, in order;
     * the last one makes the task, at rest, without address space. Errors: EINVAL, EAGAIN.
     */
    ADOPT(0x103, "task:ep total offset <state", "result"),

    /**
     * The process now lives on another node: its local part goes away without dying, and what still
     * arrives for it is passed on.
     */
    FORGET(0x104, "task:ep node", "result"),

    /**
     * From now on the endpoint is found on that node.
     */
    LOCATE(0x105, "task:ep node", "result"),

    /**
     * From now on the endpoint serves the role (ordinal of {@link org.atoll.abi.Role}) for this node.
     */
    ROLE(0x106, "role endpoint:ep", "result"),

    /**
     * CPU time and retired instructions of a task. Errors: ESRCH.
     */
    USAGE(0x107, "task:ep", "result cpu:ns retired"),

    /**
     * The tasks of this node, as rows of text, for tools.
     */
    TASKS(0x108, ">table", "result total"),

    /**
     * Ends the VOS; its command exits with this status (0 to 255).
     */
    HALT(0x109, "status", "result");

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
