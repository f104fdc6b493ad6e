package org.atoll.servers.tty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.atoll.abi.Errno;
import org.atoll.abi.Handler;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.protocol.ConsoleProtocol;
import org.atoll.abi.protocol.DeviceProtocol.Call;
import org.atoll.libsys.ServerLoop;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;
import org.junit.jupiter.api.Test;

/** The terminal server fails, and begins anew with what it kept. */
final class KeptStateTest {

  private static final int TTY = 4;
  private static final int VFS = 7;
  private static final int CONSOLE = 1;
  private static final int RS = 14;
  private static final int TERMINAL_KIND = 0;

  private final TurnRecorder before = recorder(KeptStateTest::tty);

  private static Handler tty() {
    return new ServerLoop(() -> new TtyServer(3));
  }

  private static TurnRecorder recorder(Supplier<Handler> maker) {
    return new TurnRecorder(TTY, maker).serve(Role.VFS, VFS).serve(Role.CONSOLE, CONSOLE);
  }

  /** The same server after a failure: its first handler is given what was kept. */
  private TurnRecorder afterFailure() {
    Handler restored = tty();
    restored.restore(new StateReader(before.memory().kept()));
    Deque<Handler> first = new ArrayDeque<>(List.of(restored));
    return recorder(() -> first.isEmpty() ? tty() : first.pop());
  }

  private static long open(TurnRecorder tty, long device) {
    return tty.result(tty.ask(VFS, Call.OPEN, device, 2, 1, 0, 0));
  }

  private static long write(TurnRecorder tty, long handle, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    return tty.askWith(VFS, bytes, 0, Call.WRITE, handle, bytes.length, 0, 1);
  }

  @Test
  void whatWasTypedAndNotReadIsReadAfterwards() {
    long master = open(before, Opens.MULTIPLEXER);
    assertEquals(3, before.result(write(before, master, "ab\n")));
    TurnRecorder after = afterFailure();
    long read = after.askWith(VFS, new byte[0], 10, Call.READ, master, 10, 0, 1);
    assertEquals(4, after.result(read));
    assertEquals("ab\r\n", new String(after.out(read), 0, 4, US_ASCII));
  }

  @Test
  void aHandleThatWasClosedStaysClosed() {
    long first = open(before, Opens.MULTIPLEXER);
    long second = open(before, Opens.MULTIPLEXER);
    before.tell(VFS, Call.CLOSE, first);
    TurnRecorder after = afterFailure();
    assertEquals(-Errno.EBADF, after.result(write(after, first, "a")));
    assertEquals(1, after.result(write(after, second, "a")));
  }

  @Test
  void theConsoleIsReadAndItsWindowFollowedAgain() {
    before.ask(VFS, Call.OPEN, Opens.CONSOLE, 2, 1, 0, 0);
    before.answer(before.expect(ConsoleProtocol.Call.STATUS), TERMINAL_KIND);
    before.answer(before.expect(ConsoleProtocol.Call.STATUS), TERMINAL_KIND);
    before.answer(before.expect(ConsoleProtocol.Call.MODE), 0);
    TurnRecorder after = afterFailure();
    after.notifyServer(RS);
    after.expect(ConsoleProtocol.Call.READ);
    Sent status = after.expect(ConsoleProtocol.Call.STATUS);
    after.answer(status, TERMINAL_KIND, 80, 24);
    assertEquals(ConsoleProtocol.RESIZED, after.expect(ConsoleProtocol.Call.WATCH).word(1));
  }
}
