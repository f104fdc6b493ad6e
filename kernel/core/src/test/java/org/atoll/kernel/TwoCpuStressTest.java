package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.atoll.abi.BlockingIpc;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.hypercall.cpu.Coroutines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two threads run one node: nothing is lost, doubled or out of order. */
final class TwoCpuStressTest {

  private static final int CLIENTS = 6;
  private static final int ROUNDS = 2_000;

  /** Answers every call with the number after its own; a turn never runs twice at once. */
  private static final class Server extends TestTask {
    private final AtomicInteger inside = new AtomicInteger();
    volatile int overlaps;

    @Override
    public void request(Turn turn, long request, Message m) {
      if (inside.incrementAndGet() != 1) {
        overlaps++;
      }
      turn.send(Turn.caller(request), turn.scratch().set(1, m.w0, 0, 0, 0, 0, 0, 0));
      turn.reply(request, m.w0 + 1);
      inside.decrementAndGet();
    }
  }

  /** Calls; is told the number by a message before the answer. */
  private static final class Client extends TestTask {
    private final int server;
    private final CountDownLatch done;
    private long number;
    private long told = -1;
    volatile String wrong = "";

    Client(int server, CountDownLatch done) {
      this.server = server;
      this.done = done;
    }

    @Override
    public void notified(Turn turn, int source) {
      if (source == Endpoint.HOST && number == 0) {
        call(turn);
      }
    }

    @Override
    public void message(Turn turn, Message m) {
      if (m.w0 != told + 1) {
        wrong = "told " + m.w0 + " after " + told;
      }
      told = m.w0;
    }

    @Override
    public void answered(Turn turn, long call, Message m) {
      if (m.w0 != number + 1 || told != number) {
        wrong = "answered " + m.w0 + " to " + number + ", told " + told;
      }
      number = m.w0;
      if (number == ROUNDS) {
        done.countDown();
      } else {
        call(turn);
      }
    }

    private void call(Turn turn) {
      turn.call(server, turn.scratch().set(7, number, 0, 0, 0, 0, 0, 0));
    }
  }

  private static List<Thread> run(TestNode test, AtomicReference<Throwable> failure) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < test.node.cpus(); i++) {
      Cpu cpu = test.node.cpu(i);
      Thread thread = new Thread(cpu::run, "cpu" + i);
      thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  private static void end(TestNode test, List<Thread> threads) throws InterruptedException {
    test.node.halt(0);
    for (Thread thread : threads) {
      thread.join(10_000);
      assertTrue(!thread.isAlive(), thread + " does not end");
    }
  }

  @Test
  void callsAndMessagesOfTwoCpusAreAllDeliveredInOrder() throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (TestNode test = new TestNode(NodeConfig.single(), 2, null, Tracer.NONE)) {
      Server[] servers = {new Server(), new Server()};
      int[] endpoints = {test.server("a", servers[0]), test.server("b", servers[1])};
      CountDownLatch done = new CountDownLatch(CLIENTS);
      List<Client> clients = new ArrayList<>();
      List<Thread> threads = run(test, failure);
      for (int i = 0; i < CLIENTS; i++) {
        Client client = new Client(endpoints[i % 2], done);
        clients.add(client);
        test.node.channel(test.server("client", client)).raise();
      }
      boolean finished = done.await(120, TimeUnit.SECONDS);
      end(test, threads);
      for (Client client : clients) {
        assertEquals("", client.wrong);
      }
      assertEquals(0, servers[0].overlaps + servers[1].overlaps);
      assertEquals(null, failure.get());
      assertTrue(finished, "a wake-up was lost");
    }
  }

  @Test
  void twoNodesOfTwoCpusKeepTheOrderOfEveryTask() throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    MemoryNet net = new MemoryNet(2);
    try (TestNode near = new TestNode(NodeConfig.of(0, 2), 2, net.end(0), Tracer.NONE);
        TestNode far = new TestNode(NodeConfig.of(1, 2), 2, net.end(1), Tracer.NONE)) {
      net.connect();
      near.host.arrivals = net.end(0)::poll;
      far.host.arrivals = net.end(1)::poll;
      int[] endpoints = {far.server("a", new Server()), far.server("b", new Server())};
      CountDownLatch done = new CountDownLatch(CLIENTS);
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Client client = new Client(endpoints[i % 2], done);
        clients.add(client);
        near.node.channel(near.server("client", client)).raise();
      }
      List<Thread> threads = run(near, failure);
      List<Thread> others = run(far, failure);
      boolean finished = done.await(120, TimeUnit.SECONDS);
      end(near, threads);
      end(far, others);
      for (Client client : clients) {
        assertEquals("", client.wrong);
      }
      assertEquals(null, failure.get());
      assertTrue(finished, "something was lost between the nodes");
    }
  }

  @Test
  void tasksThatDieUnderLoadAnswerEveryCaller() throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (TestNode test = new TestNode(NodeConfig.single(), 2, null, Tracer.NONE)) {
      int rounds = 2_000;
      CountDownLatch done = new CountDownLatch(2);
      int victimsOwner = test.server("killer", new TestTask());
      for (int i = 0; i < 2; i++) {
        Caller caller = new Caller(test, rounds, done);
        test.node.channel(test.server("caller" + victimsOwner, caller)).raise();
      }
      List<Thread> threads = run(test, failure);
      boolean finished = done.await(120, TimeUnit.SECONDS);
      end(test, threads);
      assertEquals(null, failure.get());
      assertTrue(finished, "a caller waits for a dead task");
    }
  }

  /** Starts a victim, calls it twice and has it destroyed; every call must be answered. */
  private static final class Caller extends TestTask {
    private final TestNode test;
    private final CountDownLatch done;
    private int rounds;
    private int open;

    Caller(TestNode test, int rounds, CountDownLatch done) {
      this.test = test;
      this.rounds = rounds;
      this.done = done;
    }

    @Override
    public void notified(Turn turn, int source) {
      round(turn);
    }

    private void round(Turn turn) {
      if (rounds-- == 0) {
        done.countDown();
        return;
      }
      int victim = test.server("victim", new TestTask());
      turn.call(victim, turn.scratch().set(7, 0, 0, 0, 0, 0, 0, 0));
      turn.call(test.node.kernelEndpoint(), turn.scratch().set(0x102, victim, 0, 0, 0, 0, 0, 0));
      turn.call(victim, turn.scratch().set(7, 0, 0, 0, 0, 0, 0, 0));
      open = 3;
    }

    @Override
    public void answered(Turn turn, long call, Message m) {
      if (m.w0 != 0 && m.w0 != -Errno.EDEADSRCDST) {
        throw new IllegalStateException("answered " + m.w0);
      }
      if (--open == 0) {
        round(turn);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void stacksAreResumedByBothCpus(Carrier carrier) throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (TestNode test = new TestNode(NodeConfig.single(), 2, null, Tracer.NONE)) {
      Coroutines stacks = carrier.stacks();
      CountDownLatch done = new CountDownLatch(CLIENTS);
      int[] servers = {test.server("a", new Server()), serverOnAStack(test, stacks)};
      List<Thread> threads = run(test, failure);
      for (int i = 0; i < CLIENTS; i++) {
        int server = servers[i % 2];
        int client =
            test.node.startStackful(
                "client", ipc -> callAgainAndAgain(ipc, server, done), Privileges.SERVER, stacks);
        test.node.channel(client).raise();
      }
      boolean finished = done.await(120, TimeUnit.SECONDS);
      end(test, threads);
      assertEquals(null, failure.get());
      assertTrue(finished, "a wake-up was lost, or an answer was another's");
    }
  }

  private static int serverOnAStack(TestNode test, Coroutines stacks) {
    int server =
        test.node.startStackful(
            "b",
            ipc -> {
              Message m = new Message();
              while (true) {
                long request = ipc.receive(Endpoint.ANY, m, BlockingIpc.FOREVER);
                if (request > 0) {
                  ipc.sendAsync(m.source, m);
                  ipc.reply(request, m.set(0, m.w0 + 1, 0, 0, 0, 0, 0, 0));
                }
              }
            },
            Privileges.SERVER,
            stacks);
    test.node.channel(server).raise();
    return server;
  }

  /** Is told each number by a message, too, which it asks for after the answer. */
  private static void callAgainAndAgain(BlockingIpc ipc, int server, CountDownLatch done) {
    Message m = new Message();
    for (long number = 0; number < ROUNDS; number++) {
      ipc.sendReceive(server, m.set(7, number, 0, 0, 0, 0, 0, 0), BlockingIpc.FOREVER);
      long answered = m.w0;
      ipc.receive(server, m, BlockingIpc.FOREVER);
      if (answered != number + 1 || m.w0 != number) {
        throw new IllegalStateException(number + " answered " + answered + ", told " + m.w0);
      }
    }
    done.countDown();
  }
}
