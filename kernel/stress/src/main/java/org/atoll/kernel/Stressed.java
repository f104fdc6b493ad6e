package org.atoll.kernel;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.Program;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.hypercall.EventWait;
import org.atoll.hypercall.Hypercalls;
import org.atoll.hypercall.Transport;
import org.atoll.hypercall.cpu.Engine;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/** A task that no CPU runs: what the stress tests do to it is all that happens to it. */
final class Stressed implements Handler {

  /** Memory that nobody touches. */
  static final Frames FRAMES = new Frames(0, 1);

  private static final Stressed HANDLER = new Stressed();
  private static final int MAILBOX_SLOTS = 4;

  private static final Engine NO_GUESTS =
      (hart, space, quantum) -> {
        throw new IllegalStateException("there is no guest");
      };

  private Stressed() {}

  private static Program noProcess() {
    throw new IllegalStateException("there is no process");
  }

  static Task task() {
    return task(1);
  }

  static Task task(int endpoint) {
    return new Task(
        endpoint,
        "stressed",
        Privileges.SERVER,
        HANDLER,
        null,
        FRAMES,
        new Staging(),
        MAILBOX_SLOTS,
        Standing.ofServer(1));
  }

  /** A node whose CPUs wait so. */
  static Node node(NodeConfig config, @Nullable Transport transport, EventWait... waits) {
    Hypercalls host = new Hypercalls(new StressedHost(waits));
    List<Engine> engines = Collections.nCopies(waits.length, NO_GUESTS);
    return new Node(config, host, FRAMES, engines, Stressed::noProcess, transport, Tracer.NONE);
  }

  /** The one node of a VOS. */
  static Node node(int cpus) {
    CountedWakeUps[] waits = new CountedWakeUps[cpus];
    Arrays.setAll(waits, cpu -> new CountedWakeUps());
    return node(NodeConfig.single(), null, waits);
  }

  /** The same, its CPUs with a slice to spend. */
  static Node nodeAtWork(int cpus) {
    Node node = node(cpus);
    for (int i = 0; i < cpus; i++) {
      Iterator<Boolean> over = List.of(false, true, true).iterator();
      node.cpu(i).runUntil(over::next);
    }
    return node;
  }

  /** A task of a node. */
  static Task start(Node node, String name) {
    int endpoint = node.start(name, HANDLER, Privileges.SERVER);
    return Objects.requireNonNull(node.tasks.find(endpoint));
  }

  @Override
  public void request(Turn turn, long request, Message m) {}

  @Override
  public void message(Turn turn, Message m) {}

  @Override
  public void notified(Turn turn, int source) {}

  @Override
  public void answered(Turn turn, long call, Message m) {}

  @Override
  public void alarm(Turn turn, long tag) {}

  @Override
  public void cancelled(Turn turn, long request) {}

  @Override
  public void save(StateWriter out) {}

  @Override
  public void load(StateReader in) {}

  @Override
  public void restore(StateReader in) {}
}
