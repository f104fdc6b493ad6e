package org.atoll.servers.tty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** A terminal without a server around it: types, reads, and is replaced by what it saves. */
final class TypedTerminal {

  private Terminal terminal = new Terminal(0);

  Termios modes() {
    return terminal.modes;
  }

  /** Changes modes as tcsetattr(3) does. */
  TypedTerminal with(int inputOn, int inputOff, int localOn, int localOff) {
    int oldInput = terminal.modes.input;
    int oldLocal = terminal.modes.local;
    terminal.modes.input = oldInput & ~inputOff | inputOn;
    terminal.modes.local = oldLocal & ~localOff | localOn;
    terminal.modes.changed();
    terminal.input.modesChanged(oldLocal, oldInput);
    return this;
  }

  TypedTerminal output(int on, int off) {
    terminal.modes.output = terminal.modes.output & ~off | on;
    return this;
  }

  TypedTerminal key(int index, int c) {
    terminal.modes.characters[index] = (byte) c;
    terminal.modes.changed();
    return this;
  }

  /** Types a text; between its bytes the terminal is saved and loaded. */
  TypedTerminal type(String text) {
    for (byte b : text.getBytes(ISO_8859_1)) {
      terminal.input.receive(new byte[] {b}, 0, 1);
      replace();
    }
    return this;
  }

  /** Types a text at once; how many bytes were taken. */
  int paste(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    int taken = terminal.input.receive(bytes, 0, bytes.length);
    replace();
    return taken;
  }

  int write(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    int taken = terminal.output.write(bytes, 0, bytes.length);
    replace();
    return taken;
  }

  private void replace() {
    StateWriter out = new StateWriter();
    terminal.save(out);
    terminal = Terminal.load(new StateReader(out.toBytes()));
  }

  boolean hasInput() {
    return terminal.hasInput(false);
  }

  boolean isStopped() {
    return terminal.output.isStopped();
  }

  /** What read(2) gives; a word in brackets when it would wait. */
  String read() {
    return read(8_192);
  }

  String read(int bytes) {
    if (!hasInput()) {
      return "(nothing)";
    }
    byte[] to = new byte[bytes];
    InputQueue queue = terminal.input.queue;
    int taken = modes().canonical() ? queue.takeLine(to, 0, bytes) : queue.take(to, 0, bytes);
    return new String(to, 0, taken, ISO_8859_1);
  }

  /** What has come out since the last look. */
  String shown() {
    ByteRing ring = terminal.output.ring;
    byte[] to = new byte[ring.count()];
    ring.peek(to, 0, to.length);
    ring.drop(to.length);
    return new String(to, ISO_8859_1);
  }

  /** The signals raised since the last look, a bit for each. */
  long signals() {
    return terminal.input.takeSignals();
  }
}
