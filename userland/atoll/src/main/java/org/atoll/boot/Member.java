package org.atoll.boot;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.RsProtocol;

/**
 * Makes a node a member of the VOS: a boot task that asks the kernel of node 0 which tasks serve
 * there, tells its own kernel, and reports this node and its VM to RS.
 *
 * <p>Invariant: at most one call is under way; {@code role} is the role that it is about.
 */
final class Member implements Handler {

  private static final int VERSION = 1;
  private static final Role[] ROLES = Role.values();

  private enum Step {
    IDLE,
    ASKED,
    SET,
    JOINED
  }

  private Step step = Step.IDLE;
  private int role;

  /** The host raised the channel: the link to node 0 is up. */
  @Override
  public void notified(Turn turn, int source) {
    if (step == Step.IDLE) {
      ask(turn);
    }
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    if (m.w0 < 0) {
      throw new IllegalStateException("cannot join: " + step + ": " + Errno.name((int) -m.w0));
    }
    switch (step) {
      case ASKED -> {
        step = Step.SET;
        Message set = KernelProtocol.Call.ROLE.encode(turn.scratch(), role, m.w1);
        turn.call(Endpoint.kernelOf(turn.node()), set);
      }
      case SET -> {
        role++;
        ask(turn);
      }
      case IDLE, JOINED -> {}
    }
  }

  private void ask(Turn turn) {
    if (role < ROLES.length && ROLES[role] == Role.VM) {
      role++;
    }
    if (role < ROLES.length) {
      step = Step.ASKED;
      turn.call(Endpoint.kernelOf(0), KernelProtocol.Call.WHO.encode(turn.scratch(), role));
    } else {
      step = Step.JOINED;
      Message join = RsProtocol.Call.JOIN.encode(turn.scratch(), turn.node(), turn.role(Role.VM));
      turn.call(turn.role(Role.RS), join);
    }
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    turn.reply(request, -Errno.ENOSYS);
  }

  @Override
  public void message(Turn turn, Message m) {}

  @Override
  public void alarm(Turn turn, long tag) {}

  @Override
  public void cancelled(Turn turn, long request) {}

  @Override
  public void save(StateWriter out) {
    out.version(VERSION).writeByte(step.ordinal()).writeInt(role);
  }

  @Override
  public void load(StateReader in) {
    in.version(VERSION);
    step = Step.values()[in.readByte()];
    role = in.readInt();
  }

  @Override
  public void restore(StateReader in) {
    // It keeps nothing.
  }
}
