package org.atoll.kernel;

import java.util.function.Supplier;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.KernelProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Gives servers and drivers new code, a fresh state, or an end that leaves their endpoint. Owner:
 * the kernel's own task; between steps, the simulator.
 */
final class Renewal {

  private static final System.Logger LOG = System.getLogger("org.atoll.kernel");

  private final Node node;

  /** The result of the last {@link #renew}. */
  private int result;

  Renewal(Node node) {
    this.node = node;
  }

  /** What a task of this node is for KernelProtocol.USAGE. */
  static int state(Task task) {
    if (task.run.get() == Task.FAILED) {
      return KernelProtocol.STATE_FAILED;
    }
    return task.handler instanceof Stopped ? KernelProtocol.STATE_STOPPED : 0;
  }

  /** Why a task cannot be watched and renewed: 0, {@code -ESRCH} or {@code -EPERM}. */
  static int refusal(Node node, @Nullable Task task) {
    if (task == null) {
      return -Errno.ESRCH;
    }
    boolean server = task.process == null && task.stackful == null;
    return server && task.endpoint != node.kernelEndpoint() ? 0 : -Errno.EPERM;
  }

  /** The result of the last {@link #renew}: 0, or a negated errno. */
  int result() {
    return result;
  }

  /** Renews a task; the reason when that fails, otherwise nothing. */
  String renew(Cpu by, int endpoint, long how, byte[] kept) {
    Task task = node.tasks.find(endpoint);
    result = refusal(node, task);
    if (task == null || result != 0) {
      return "";
    }
    boolean update = how == KernelProtocol.UPDATE;
    Images.Image image = update ? node.images.next(task.name) : node.images.current(task.name);
    if (how != KernelProtocol.STOP && image == null) {
      result = -Errno.ENOENT;
      return "";
    }
    finishTurn(by, task);
    int before = task.run.get();
    if (how < 0 || how > KernelProtocol.STOP || !node.scheduler.borrow(task)) {
      result = how < 0 || how > KernelProtocol.STOP ? -Errno.EINVAL : -Errno.EAGAIN;
      return "";
    }
    boolean carried = update && before != Task.FAILED && !(task.handler instanceof Stopped);
    byte[] restored = kept.length > 0 || task.kept == null ? kept : task.kept.state();
    String failure =
        exchange(by, task, how == KernelProtocol.STOP ? null : image, carried, restored);
    if (failure.isEmpty() || before != Task.FAILED) {
      node.scheduler.release(by, task);
    } else {
      task.run.set(Task.FAILED);
    }
    return failure;
  }

  /** A turn that others interrupt comes to its end first; it may fail there. */
  private void finishTurn(Cpu by, Task task) {
    if (task.inTurn() && node.scheduler.borrow(task) && by.finish(task)) {
      node.scheduler.release(by, task);
    }
  }

  /** Makes the new handler first: when that throws, nothing has changed. */
  private String exchange(
      Cpu by, Task task, Images.@Nullable Image image, boolean carried, byte[] restored) {
    Handler fresh;
    try {
      fresh = image == null ? new Stopped() : image.maker().get();
      if (carried) {
        fresh.load(new StateReader(saved(task.handler)));
      } else if (restored.length > 0) {
        fresh.restore(new StateReader(restored));
      }
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      return refused(task, image, e);
    }
    if (!carried) {
      node.reaper.forgetUnderWay(by, task);
    }
    task.handler = fresh;
    task.longTurns = LongTurns.of(node, task);
    if (image != null) {
      node.images.runs(task.name, image);
      task.version = node.images.version(task.name);
    }
    return "";
  }

  private String refused(Task task, Images.@Nullable Image image, Throwable cause) {
    result = -Errno.EINVAL;
    if (image != null) {
      node.images.drop(task.name, image);
    }
    LOG.log(
        System.Logger.Level.INFO,
        "node " + node.number() + ": " + node.describe(task.endpoint) + " is not renewed",
        cause);
    return cause.toString();
  }

  private static byte[] saved(Handler handler) {
    StateWriter state = new StateWriter();
    handler.save(state);
    return state.toBytes();
  }

  /** Starts a task from its image; its endpoint or a negated errno. */
  int start(String name, int watcher) {
    Images.Image image = node.images.current(name);
    if (image == null) {
      return -Errno.ENOENT;
    }
    int endpoint;
    try {
      endpoint = node.life.start(name, image.maker().get(), image.privileges());
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.INFO, "node " + node.number() + ": " + name + " fails", e);
      return -Errno.EINVAL;
    }
    Task task = node.tasks.find(endpoint);
    if (task != null) {
      task.version = node.images.version(name);
      task.watchedBy(watcher);
    }
    return endpoint;
  }

  /** Makes a task fail: 0, or a negated errno. */
  int fail(Cpu by, int endpoint) {
    Task task = node.tasks.find(endpoint);
    int refusal = refusal(node, task);
    if (task == null || refusal != 0) {
      return refusal;
    }
    if (task.run.get() == Task.FAILED || !node.scheduler.borrow(task)) {
      return -Errno.EAGAIN;
    }
    node.reaper.killed(by, task);
    return 0;
  }

  /**
   * Replaces a handler at rest by another one that loads what it saved; false when there is no such
   * task, or it has failed or is in a turn.
   */
  boolean swap(int endpoint, Supplier<Handler> fresh) {
    Task task = endpoint == Endpoint.NONE ? null : node.tasks.find(endpoint);
    if (task == null || refusal(node, task) != 0 || state(task) != 0 || task.inTurn()) {
      return false;
    }
    Handler loaded = fresh.get();
    loaded.load(new StateReader(saved(task.handler)));
    task.handler = loaded;
    return true;
  }
}
