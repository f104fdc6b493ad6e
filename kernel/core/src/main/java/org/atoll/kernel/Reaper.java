package org.atoll.kernel;

import java.lang.invoke.VarHandle;
import java.util.function.Predicate;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.RsProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Ends tasks: callers get EDEADSRCDST, callees are told, what the task held is given back. Owner:
 * the CPU that holds the ending task's token.
 */
final class Reaper {

  private static final System.Logger LOG = System.getLogger("org.atoll.kernel");

  /** Exit status of a VOS that cannot go on. */
  static final int STATUS_FAILED = 125;

  private final Node node;

  /** Held by who sends on what came for tasks that have left. */
  private final Object following = new Object();

  Reaper(Node node) {
    this.node = node;
  }

  /** The kernel itself failed: the node ends. */
  void broken(int cpu, Throwable cause) {
    LOG.log(
        System.Logger.Level.ERROR,
        "node " + node.number() + ": CPU " + cpu + " failed outside a turn, the node ends",
        cause);
    node.halt(STATUS_FAILED);
  }

  /** A turn threw: the task ends, or waits to be renewed; a line in the log says so. */
  void failed(Cpu by, Task task, String doing, Throwable cause) {
    boolean waits = task.watcher != Endpoint.NONE && !task.doomed;
    String line = line(task) + " failed in " + doing;
    LOG.log(System.Logger.Level.ERROR, waits ? line : line + " and ends", cause);
    fail(by, task, waits);
  }

  /** Somebody wants the task to fail. Owner: the holder of its token. */
  void killed(Cpu by, Task task) {
    boolean waits = task.watcher != Endpoint.NONE;
    System.Logger.Level level = waits ? System.Logger.Level.INFO : System.Logger.Level.ERROR;
    LOG.log(level, line(task) + (waits ? " was killed" : " was killed and ends"));
    fail(by, task, waits);
  }

  private String line(Task task) {
    return "node " + node.number() + ": " + node.describe(task.endpoint);
  }

  private void fail(Cpu by, Task task, boolean waits) {
    if (waits) {
      suspend(by, task);
      return;
    }
    boolean vital = task.vital || node.roles().servesRole(task.endpoint);
    end(by, task);
    if (vital) {
      node.fail(by, STATUS_FAILED);
    } else if (task.process != null) {
      Message m = new Message();
      PmProtocol.Call.TASK_DIED.encode(m, task.endpoint);
      node.post.send(by, node.kernelEndpoint(), node.role(Role.PM), m);
    }
  }

  /** The task stays, without what it had under way, and its watcher is told. */
  private void suspend(Cpu by, Task task) {
    forgetUnderWay(by, task);
    int watcher = task.watcher;
    task.run.set(Task.FAILED);
    Message m = new Message();
    RsProtocol.Call.FAILED.encode(m, task.endpoint);
    node.post.send(by, node.kernelEndpoint(), watcher, m);
  }

  /**
   * Drops all that a task's state knows of: requests that it took get EDEADSRCDST, its calls are
   * abandoned, its alarms and grants taken back. What waits in its mailbox stays.
   */
  void forgetUnderWay(Cpu by, Task task) {
    endTurn(task);
    failCallers(by, task.endpoint, Errno.EDEADSRCDST, call -> call.served);
    abandonCalls(by, task);
    task.calls.removeAll();
    task.dropAnswers();
    release(task);
  }

  private static void endTurn(Task task) {
    LongTurns turns = task.longTurns;
    if (turns != null) {
      turns.end();
    }
  }

  /** Ends a task for good. */
  void end(Cpu by, Task task) {
    endTurn(task);
    task.run.set(Task.DEAD);
    node.tasks.remove(task);
    drop(by, task, Errno.EDEADSRCDST);
    // Last, for what it leaves is told in its name.
    node.life.gone(by, task.endpoint);
    tellStackful(by, task);
    long request = task.doomRequest.getAndSet(0);
    CallRecord call = request == 0 ? null : node.served(node.kernelEndpoint(), request);
    if (call != null) {
      call.answer.set(0, 0, 0, 0, 0, 0, 0, 0);
      node.post.reply(by, node.kernelEndpoint(), call, (int) request);
    }
  }

  private void tellStackful(Cpu by, Task dead) {
    Stackful own = dead.stackful;
    if (own != null) {
      node.waits.remove(dead);
      own.end();
    }
    node.post.tellWaiting(by, dead);
    for (Task task : node.waits.stackful()) {
      node.post.lookAgain(by, task);
    }
  }

  /**
   * Ends the local part of a task that now lives on another node. It is found here until all is
   * sent on that has come before: what is sent to the other node meanwhile would overtake that.
   */
  void leave(Cpu by, Task task, int to) {
    node.locations.locate(task.endpoint, to);
    task.left = true;
    task.run.set(Task.LEAVING);
    VarHandle.fullFence();
    forward(by, task);
    node.tasks.remove(task);
    task.run.set(Task.DEAD);
    node.post.tellWaiting(by, task);
    abandonCalls(by, task);
    release(task);
  }

  private void drop(Cpu by, Task task, int errno) {
    for (Letter letter = task.mailbox.peek(); letter != null; letter = task.mailbox.peek()) {
      CallRecord call = letter.call();
      if (letter.kind == Letter.REQUEST && call != null) {
        node.post.fail(by, call, (int) letter.request, errno);
      }
      task.mailbox.done();
    }
    if (task.called) {
      failCallers(by, task.endpoint, errno);
    }
    abandonCalls(by, task);
    release(task);
  }

  /** Who brought something to a task that is over here sends it on if that lives elsewhere. */
  boolean follow(Cpu by, Task task) {
    if (task.left) {
      forward(by, task);
    }
    return task.left;
  }

  /** Sends on what waits in the mailbox: one CPU at a time, for nobody has the token any more. */
  private void forward(Cpu by, Task task) {
    synchronized (following) {
      Link link = node.link();
      for (Letter letter = task.mailbox.peek(); letter != null; letter = task.mailbox.peek()) {
        CallRecord call = letter.call();
        int sequence = (int) letter.request;
        if (letter.kind == Letter.MESSAGE) {
          link.message(by, letter.message.source, task.endpoint, letter.message);
        } else if (letter.kind == Letter.REQUEST && call != null) {
          node.post.redirect(by, call, sequence);
        } else if (letter.kind == Letter.CANCEL && call != null && call.waiting(sequence)) {
          link.cancel(by, call, sequence);
        }
        task.mailbox.done();
      }
      while (task.notifies.any()) {
        link.notify(by, task.notifies.take(), task.endpoint);
      }
    }
  }

  private void release(Task task) {
    node.alarms.cancelAll(task);
    if (task.process != null) {
      task.process.endHosted();
    }
    Grants grants = task.grants();
    if (grants != null) {
      grants.revokeAll();
    }
    HeldFrames held = task.held;
    if (held != null) {
      node.quiescence.later(held.release(node.frames));
    }
  }

  /** Fails every call that waits for an endpoint. */
  void failCallers(Cpu by, int callee, int errno) {
    failCallers(by, callee, errno, call -> true);
  }

  private void failCallers(Cpu by, int callee, int errno, Predicate<CallRecord> which) {
    for (Task caller : node.tasks.all()) {
      for (CallRecord call : caller.calls.all()) {
        int sequence = call == null ? 0 : call.waitsFor(callee);
        if (call != null && sequence != 0 && which.test(call)) {
          node.post.fail(by, call, sequence, errno);
        }
      }
    }
    for (CallRecord call : node.remoteCallsTo(callee)) {
      int sequence = call.waitsFor(callee);
      if (sequence != 0 && which.test(call)) {
        node.post.fail(by, call, sequence, errno);
      }
    }
  }

  private void abandonCalls(Cpu by, Task task) {
    @Nullable CallRecord[] calls = task.calls.all();
    for (CallRecord call : calls) {
      if (call == null || call.phase() == CallRecord.FREE) {
        continue;
      }
      int sequence = call.sequence();
      if (call.leaveWaiting(sequence, CallRecord.ABANDONED)) {
        node.post.cancelled(by, call, sequence);
      }
      node.quiescence.later(call::letGo);
    }
  }
}
