package org.atoll.bench;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.hypercall.EventChannel;
import org.atoll.hypercall.linux.Libc;
import org.atoll.hypercall.linux.LinuxHost;
import org.atoll.kernel.Cpu;
import org.atoll.kernel.Node;
import org.atoll.kernel.NodeConfig;
import org.atoll.kernel.Privileges;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A message of the file server's protocol, encoded, decoded and dispatched to its method, beside
 * calling the method. Eight calls in a turn of a real node, a program's usual ones.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class DispatchBenchmark {

  private static final int KINDS = 8;

  /** Calls of an invocation. */
  static final int CALLS = 1_000 * KINDS;

  private static final long REQUEST = 1;

  private final WordCounter service = new WordCounter();
  private final Work messages = new Work(this::dispatchAll);
  private final Work methods = new Work(this::callAll);
  private final Node node = BenchNode.on(new LinuxHost(new Libc(), 1), NodeConfig.single(), null);
  private final Cpu cpu = node.cpu(0);
  private final EventChannel raiseMessages = start(messages);
  private final EventChannel raiseMethods = start(methods);

  private EventChannel start(Work work) {
    return node.channel(node.start("work", work, Privileges.SERVER));
  }

  /** By message. */
  @Benchmark
  public long atoll() {
    return turn(raiseMessages);
  }

  /** By method. */
  @Benchmark
  public long plainCall() {
    return turn(raiseMethods);
  }

  private long turn(EventChannel channel) {
    int turns = messages.turns + methods.turns;
    channel.raise();
    cpu.step();
    if (messages.turns + methods.turns != turns + 1) {
      throw new IllegalStateException("no turn was given");
    }
    return service.words();
  }

  /** What a turn does when its channel is raised. */
  private static final class Work extends StrictTask {
    private final Consumer<Turn> work;
    private int turns;

    Work(Consumer<Turn> work) {
      this.work = work;
    }

    @Override
    public void notified(Turn turn, int source) {
      work.accept(turn);
      turns++;
    }
  }

  private void dispatchAll(Turn turn) {
    for (int i = 0; i < CALLS; i++) {
      Message m = encode(turn.scratch(), i % KINDS, i);
      VfsProtocol.dispatch(service, turn, REQUEST, m);
    }
  }

  private static Message encode(Message m, int kind, long n) {
    return switch (kind) {
      case 0 -> VfsProtocol.Call.OPEN.encode(m, -100, n, 0644);
      case 1 -> VfsProtocol.Call.STAT.encode(m, 3, n);
      case 2, 3 -> VfsProtocol.Call.READ.encode(m, 3, n, -1);
      case 4 -> VfsProtocol.Call.SEEK.encode(m, 3, n, 0);
      case 5 -> VfsProtocol.Call.WRITE.encode(m, 1, n, -1);
      case 6 -> VfsProtocol.Call.POLL.encode(m, 1, n, 0);
      default -> VfsProtocol.Call.CLOSE.encode(m, n);
    };
  }

  private void callAll(Turn turn) {
    for (int i = 0; i < CALLS; i++) {
      call(service, turn, i % KINDS, i);
    }
  }

  private static void call(VfsProtocol.Service service, Turn turn, int kind, long n) {
    switch (kind) {
      case 0 -> service.open(turn, REQUEST, -100, n, 0644);
      case 1 -> service.stat(turn, REQUEST, 3, n);
      case 2, 3 -> service.read(turn, REQUEST, 3, n, -1, 0);
      case 4 -> service.seek(turn, REQUEST, 3, n, 0);
      case 5 -> service.write(turn, REQUEST, 1, n, -1, 0);
      case 6 -> service.poll(turn, REQUEST, 1, n, 0);
      default -> service.close(turn, REQUEST, n);
    }
  }
}
