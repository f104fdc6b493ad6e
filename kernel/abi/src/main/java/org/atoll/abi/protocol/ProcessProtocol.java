package org.atoll.abi.protocol;

import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;

/**
 * What a process's task is told. Sent by PM.
 */
public final class ProcessProtocol {

  private ProcessProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * The first program of a fresh process: path, arguments and environment in the in-buffer, see
     * {@link ExecImage}; answered 0 when it runs, or with the errno of execve.
     */
    EXEC(0x200, "<program", "result"),

    /**
     * One-way, to the child of a fork: go on, as this process.
     */
    FORKED(0x201, "pid parent", ""),

    /**
     * One-way: a signal with its siginfo (si_code, si_pid, si_uid, si_value).
     */
    SIGNAL(0x202, "signal code pid uid value", ""),

    /**
     * One-way: the move to this node that the process asked for is complete; it goes on with its exec.
     */
    MOVED(0x203, "node", "");

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
