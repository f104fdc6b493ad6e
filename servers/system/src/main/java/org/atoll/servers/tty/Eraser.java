package org.atoll.servers.tty;

/**
 * What ERASE, WERASE and KILL do to the line that is being typed, and how that shows: by going
 * back, by printing what is erased, or by a new line (POSIX, XBD 11.1.9; Linux's n_tty).
 */
final class Eraser {

  private enum Extent {
    CHARACTER,
    WORD,
    LINE
  }

  private final Termios modes;
  private final InputQueue queue;
  private final LineOutput output;

  /** Whether erased characters are being printed between slashes (ECHOPRT). */
  boolean printing;

  Eraser(Termios modes, InputQueue queue, LineOutput output) {
    this.modes = modes;
    this.queue = queue;
    this.output = output;
  }

  /** Ends what ECHOPRT has begun. */
  void finish() {
    if (printing) {
      output.echoAsIs('/');
      printing = false;
    }
  }

  /** One of the three characters was typed. */
  void erase(int c) {
    if (queue.lineIsEmpty()) {
      return;
    }
    if (c == modes.character(Termios.VERASE)) {
      erase(Extent.CHARACTER);
    } else if (c == modes.character(Termios.VWERASE) && modes.local(Termios.IEXTEN)) {
      erase(Extent.WORD);
    } else {
      kill();
    }
  }

  private void kill() {
    boolean back =
        modes.local(Termios.ECHOK) && modes.local(Termios.ECHOKE) && modes.local(Termios.ECHOE);
    if (modes.local(Termios.ECHO) && back) {
      erase(Extent.LINE);
      return;
    }
    queue.cut(queue.whole());
    if (modes.local(Termios.ECHO)) {
      finish();
      output.echo(modes.character(Termios.VKILL));
      if (modes.local(Termios.ECHOK)) {
        output.echoAsIs('\n');
      }
    }
  }

  private void erase(Extent extent) {
    boolean inWord = false;
    while (!queue.lineIsEmpty()) {
      long first = firstOfLast();
      int c = queue.at(first);
      if (output.isContinuation(c)) {
        break;
      }
      if (extent == Extent.WORD && !Latin.isWord(c) && inWord) {
        break;
      }
      inWord |= Latin.isWord(c);
      long end = queue.head();
      queue.cut(first);
      if (modes.local(Termios.ECHO)) {
        show(extent, c, first, end);
      }
      if (extent == Extent.CHARACTER) {
        break;
      }
    }
    if (queue.lineIsEmpty() && modes.local(Termios.ECHO)) {
      finish();
    }
  }

  /** Where the last character of the line begins. */
  private long firstOfLast() {
    long at = queue.head() - 1;
    while (output.isContinuation(queue.at(at)) && at > queue.whole()) {
      at--;
    }
    return at;
  }

  private void show(Extent extent, int c, long first, long end) {
    if (modes.local(Termios.ECHOPRT)) {
      print(c, first, end);
    } else if (extent == Extent.CHARACTER && !modes.local(Termios.ECHOE)) {
      output.echo(modes.character(Termios.VERASE));
    } else if (c == '\t') {
      backOverTab();
    } else {
      boolean control = LineOutput.isControl(c);
      boolean shown = modes.local(Termios.ECHOCTL);
      for (int i = !control ? 1 : shown ? 2 : 0; i > 0; i--) {
        output.echoAsIs('\b');
        output.echoAsIs(' ');
        output.echoAsIs('\b');
      }
    }
  }

  private void print(int c, long first, long end) {
    if (!printing) {
      output.echoAsIs('\\');
      printing = true;
    }
    output.echo(c);
    for (long at = first + 1; at < end; at++) {
      output.echoAsIs(queue.at(at));
      output.backOneColumn();
    }
  }

  private void backOverTab() {
    int columns = 0;
    for (long at = queue.head() - 1; at >= queue.whole(); at--) {
      int c = queue.at(at);
      if (c == '\t') {
        output.eraseTab(columns, true);
        return;
      }
      if (LineOutput.isControl(c)) {
        columns += modes.local(Termios.ECHOCTL) ? 2 : 0;
      } else {
        columns += output.isContinuation(c) ? 0 : 1;
      }
    }
    output.eraseTab(columns, false);
  }
}
