package org.atoll.kernel;

import org.atoll.abi.BlockingIpc;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Message;
import org.atoll.abi.Role;

/** The six primitives for one stackful task. Owner: its body. */
final class StackfulIpc implements BlockingIpc {

  private final Stackful stackful;

  StackfulIpc(Stackful stackful) {
    this.stackful = stackful;
  }

  @Override
  public int self() {
    return stackful.turn().self();
  }

  @Override
  public int role(Role role) {
    return stackful.turn().role(role);
  }

  @Override
  public KernelCalls kernel() {
    return stackful.turn().kernel();
  }

  @Override
  public int send(int destination, Message m) {
    int result = stackful.turn().stack().trySend(destination, m);
    if (result != -Errno.ENOTREADY) {
      return result;
    }
    if (!stackful.turn().stack().beginWait(destination)) {
      return -Errno.ELOCKED;
    }
    while (result == -Errno.ENOTREADY) {
      stackful.turn().stack().awaitRoomOf(destination);
      result = stackful.turn().stack().trySend(destination, m);
      if (result == -Errno.ENOTREADY) {
        stackful.awaitRoom();
      }
    }
    stackful.turn().stack().endWait();
    return result;
  }

  @Override
  public int sendNoWait(int destination, Message m) {
    return stackful.turn().stack().trySend(destination, m);
  }

  @Override
  public int sendAsync(int destination, Message m) {
    return stackful.turn().send(destination, m);
  }

  @Override
  public int notify(int destination) {
    return stackful.turn().notify(destination);
  }

  @Override
  public long receive(int source, Message m, long timeoutNanos) {
    stackful.startTimeout(timeoutNanos);
    long request = stackful.take(source, m);
    while (request == Asides.NONE) {
      if (source != Endpoint.ANY
          && source != Endpoint.HOST
          && !stackful.turn().stack().alive(source)) {
        return -Errno.EDEADSRCDST;
      }
      if (stackful.timedOut()) {
        return -Errno.ETIMEDOUT;
      }
      request = stackful.awaitLetter(source, m);
    }
    return request;
  }

  @Override
  public int sendReceive(int destination, Message m, long timeoutNanos) {
    if (!stackful.turn().stack().beginWait(destination)) {
      return -Errno.ELOCKED;
    }
    int result = waitForAnswer(destination, m, timeoutNanos);
    stackful.turn().stack().endWait();
    return result;
  }

  private int waitForAnswer(int destination, Message m, long timeoutNanos) {
    long call = stackful.turn().call(destination, m);
    if (call < 0) {
      return (int) call;
    }
    stackful.startTimeout(timeoutNanos);
    while (!stackful.awaitAnswer(call, m)) {
      if (stackful.timedOut() && stackful.turn().stack().giveUp(call)) {
        return -Errno.ETIMEDOUT;
      }
    }
    return m.w0 == -Errno.EDEADSRCDST ? -Errno.EDEADSRCDST : 0;
  }

  @Override
  public void reply(long request, Message answer) {
    stackful.turn().reply(request, answer);
  }
}
