package org.atoll.servers.rs;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.ConsoleProtocol;
import org.atoll.libsys.Rows;

/** The lines that RS shows on stream 2 of the console. */
final class Console {

  private static final int ERRORS = 2;

  private final Rows calls;

  Console(Rows calls) {
    this.calls = calls;
  }

  /** Shows a line. */
  void line(Turn turn, String text) {
    write(turn, text, StandardCharsets.UTF_8, Step.IGNORED, 0);
  }

  /** Shows a last line: the answer is {@link Step#TOLD}, about the status. */
  void lastLine(Turn turn, String text, Charset encoding, int status) {
    write(turn, text, encoding, Step.TOLD, status);
  }

  private void write(Turn turn, String text, Charset encoding, Step step, long word) {
    byte[] line = ("atoll: " + text + "\n").getBytes(encoding);
    Message m = ConsoleProtocol.Call.WRITE.encode(turn.scratch(), ERRORS, line.length);
    long call = turn.callWithBytes(turn.role(Role.CONSOLE), m, line, line.length, 0);
    calls.add(call, step.number(), word);
  }
}
