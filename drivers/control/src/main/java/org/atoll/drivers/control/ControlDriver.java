package org.atoll.drivers.control;

import java.nio.charset.StandardCharsets;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.RsProtocol;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;
import org.atoll.libsys.ServerLoop;

/** The front half of control: a task that asks RS, and services, what people ask of the VOS. */
public final class ControlDriver implements Server {

  /** Its name among the services. */
  public static final String NAME = "control";

  private static final int VERSION = 2;

  /** RS answered; the row's word is the command. */
  private static final int STEP_RS = 1;

  /** The service answered. */
  private static final int STEP_OWN = 2;

  private final Commands commands;
  private final Rows calls = new Rows();

  /** What an earlier driver took, and did not live to answer, is answered. */
  private boolean settled;

  /** A front with its back. */
  public ControlDriver(Commands commands) {
    this.commands = commands;
  }

  /** A task's handler around a fresh front, which looks at once what its back has for it. */
  public static Handler create(Commands commands) {
    Handler loop = new ServerLoop(() -> new ControlDriver(commands));
    commands.begin();
    return loop;
  }

  @Override
  public Rows calls() {
    return calls;
  }

  @Override
  public void notified(Turn turn, int source) {
    if (source != Endpoint.HOST) {
      return;
    }
    if (!settled) {
      settled = true;
      commands.taken().forEach(this::forsake);
    }
    for (Command next = commands.take(); next != null; next = commands.take()) {
      ask(turn, next);
    }
  }

  /** Who asked for the end of control itself has got it; the others have to ask again. */
  private void forsake(Command command) {
    boolean ending =
        command.call() == RsProtocol.Call.KILL || command.call() == RsProtocol.Call.RESTART;
    boolean own = new String(command.in(), StandardCharsets.UTF_8).equals(NAME);
    long result = ending && own ? 0 : -Errno.EDEADSRCDST;
    commands.answer(command.id(), new Command.Answer(new long[] {result}, new byte[0]));
  }

  private void ask(Turn turn, Command command) {
    Message m = command.call().encode(turn.scratch());
    int room = Limits.BUFFER_BYTES_MAX;
    byte[] in = command.in();
    await(turn.callWithBytes(turn.role(Role.RS), m, in, in.length, room), STEP_RS, command);
  }

  private void await(long call, int step, Command command) {
    if (call > 0) {
      calls.add(call, step, command.id());
    } else {
      commands.answer(command.id(), new Command.Answer(new long[] {call}, new byte[0]));
    }
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    Command command = commands.find(row.w0);
    if (command == null) {
      return;
    }
    if (row.step == STEP_RS && command.call() == RsProtocol.Call.FIND && answer.w0 >= 0) {
      askOwn(turn, command, (int) answer.w0);
      return;
    }
    byte[] room = new byte[Limits.BUFFER_BYTES_MAX];
    byte[] bytes = new byte[turn.answerBytes(0, room, 0, room.length)];
    System.arraycopy(room, 0, bytes, 0, bytes.length);
    long[] words = new long[Message.WORDS];
    for (int i = 0; i < words.length; i++) {
      words[i] = answer.word(i);
    }
    commands.answer(command.id(), new Command.Answer(words, bytes));
  }

  private void askOwn(Turn turn, Command command, int service) {
    Command.Own own = command.own();
    Message m = turn.scratch().set(own.type(), 0, 0, 0, 0, 0, 0, 0);
    for (int i = 0; i < own.words().length; i++) {
      m.word(i, own.words()[i]);
    }
    byte[] in = own.in();
    long call = turn.callWithBytes(service, m, in, in.length, Limits.BUFFER_BYTES_MAX);
    await(call, STEP_OWN, command);
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    turn.reply(request, -Errno.ENOSYS);
  }

  @Override
  public void cancelled(Turn turn, long request) {
    // Every request is answered in its own turn.
  }

  @Override
  public void save(StateWriter out) {
    out.version(VERSION).writeBoolean(settled);
  }

  @Override
  public void load(StateReader in) {
    in.version(VERSION);
    settled = in.readBoolean();
  }
}
