package org.atoll.boot.hosts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Puts together lines that arrive in pieces. */
final class HeardLines {

  /** Longer than a system call whose longest string is shown. */
  private static final int LINE_BYTES_MAX = 16 << 20;

  private final Consumer<String> next;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

  HeardLines(Consumer<String> next) {
    this.next = next;
  }

  /** Hands on what is whole. */
  void take(byte[] piece) throws IOException {
    int from = 0;
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] == '\n') {
        begun.write(piece, from, i - from);
        next.accept(begun.toString(StandardCharsets.UTF_8));
        begun.reset();
        from = i + 1;
      }
    }
    begun.write(piece, from, piece.length - from);
    if (begun.size() > LINE_BYTES_MAX) {
      throw new IOException("a line of more than " + LINE_BYTES_MAX + " bytes");
    }
  }
}
