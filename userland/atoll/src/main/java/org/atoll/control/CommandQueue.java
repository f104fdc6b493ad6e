package org.atoll.control;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.atoll.abi.Errno;
import org.atoll.abi.protocol.RsProtocol;
import org.atoll.drivers.control.Command;
import org.atoll.drivers.control.Commands;
import org.atoll.hypercall.EventChannel;
import org.jspecify.annotations.Nullable;

/** Commands on their way from the threads of the socket to the driver's task, and back. */
public final class CommandQueue implements Commands {

  private static final long ANSWER_SECONDS = 10;

  /** A command and who waits for its answer. */
  private record Open(Command command, CompletableFuture<Command.Answer> answer) {}

  private final Deque<Command> waiting = new ArrayDeque<>();
  private final Map<Long, Open> open = new TreeMap<>();
  private long last;
  private EventChannel channel = () -> {};

  /** Asks RS something and waits for the answer: {@code -ETIMEDOUT} when none comes. */
  Command.Answer ask(RsProtocol.Call call, String name, Command.Own own) {
    CompletableFuture<Command.Answer> answer = new CompletableFuture<>();
    long id = enter(call, name.getBytes(StandardCharsets.UTF_8), own, answer);
    channel().raise();
    try {
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return new Command.Answer(new long[] {-Errno.ETIMEDOUT}, new byte[0]);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Command.Answer(new long[] {-Errno.EINTR}, new byte[0]);
    } finally {
      forget(id);
    }
  }

  private synchronized long enter(
      RsProtocol.Call call,
      byte[] name,
      Command.Own own,
      CompletableFuture<Command.Answer> answer) {
    Command command = new Command(++last, call, name, own);
    waiting.add(command);
    open.put(command.id(), new Open(command, answer));
    return command.id();
  }

  private synchronized void forget(long id) {
    open.remove(id);
  }

  @Override
  public synchronized @Nullable Command take() {
    return waiting.poll();
  }

  @Override
  public synchronized List<Command> taken() {
    List<Command> taken = new ArrayList<>();
    open.values().forEach(row -> taken.add(row.command()));
    taken.removeAll(waiting);
    return taken;
  }

  @Override
  public void begin() {
    channel().raise();
  }

  private synchronized EventChannel channel() {
    return channel;
  }

  @Override
  public synchronized @Nullable Command find(long id) {
    Open row = open.get(id);
    return row == null ? null : row.command();
  }

  @Override
  public synchronized void answer(long id, Command.Answer answer) {
    Open row = open.get(id);
    if (row != null) {
      row.answer().complete(answer);
    }
  }

  @Override
  public synchronized void channel(EventChannel to) {
    channel = to;
  }
}
