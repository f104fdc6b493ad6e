package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Objects;
import org.atoll.abi.StateWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process comes to the node of its caller while the call is on its way to where it was. */
final class MovedCalleeTest {

  private final MemoryNet net = new MemoryNet(2);
  private final TestNode near = new TestNode(NodeConfig.of(0, 2), 1, net.end(0), Tracer.NONE);
  private final TestNode far = new TestNode(NodeConfig.of(1, 2), 1, net.end(1), Tracer.NONE);
  private int process;

  @BeforeEach
  void connect() {
    net.connect();
    process = far.node.life.spawn();
  }

  @AfterEach
  void close() {
    near.close();
    far.close();
  }

  private TestTask raise(TestTask task) {
    near.node.channel(near.server("caller", task)).raise();
    near.settle();
    return task;
  }

  /** What is sent meanwhile is on its way to the far node. */
  private TestProgram comes() {
    StateWriter state = new StateWriter();
    new TestProgram().save(state);
    assertEquals(0, near.node.life.adopt(process, state.toBytes()));
    assertEquals(0, far.node.life.forget(far.node.cpu(0), process, 0));
    Task moved = Objects.requireNonNull(near.node.tasks.find(process));
    return (TestProgram) moved.handler;
  }

  private void settle() {
    for (int i = 0; i < 10; i++) {
      near.settle();
      far.settle();
      net.end(0).poll();
      net.end(1).poll();
    }
  }

  @Test
  void itAnswersTheCallThatCameAfterIt() {
    TestTask caller =
        raise(TestTask.doing(t -> t.call(process, t.scratch().set(7, 41, 0, 0, 0, 0, 0, 0))));
    comes().serve = (turn, request, m) -> turn.reply(request, m.w0 + 1);
    settle();
    assertEquals(List.of("answered 7 42"), caller.events);
  }

  @Test
  void itIsToldThatTheCallIsCancelled() {
    long[] call = new long[1];
    TestTask caller = new TestTask();
    caller.start =
        t -> {
          if (call[0] == 0) {
            call[0] = t.call(process, t.scratch().set(7, 41, 0, 0, 0, 0, 0, 0));
          } else {
            t.cancel(call[0]);
          }
        };
    int endpoint = near.server("caller", caller);
    near.node.channel(endpoint).raise();
    near.settle();
    near.node.channel(endpoint).raise();
    near.settle();
    TestProgram moved = comes();
    settle();
    assertEquals(List.of("request 7 41", "cancelled"), moved.events);
  }
}
