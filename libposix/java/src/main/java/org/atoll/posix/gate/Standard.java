package org.atoll.posix.gate;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.atoll.posix.Errno;
import org.atoll.posix.PosixException;
import org.atoll.posix.Unistd;

/** {@code System.in}, {@code out} and {@code err} of a program: the descriptors 0, 1 and 2. */
public final class Standard {

  private static final int BUFFER_BYTES = 8192;

  private final InputStream input = new BufferedInputStream(new Input());
  private final BufferedReader lines = Ambient.lines(input);
  private final PrintStream output = stream(1);
  private final PrintStream errors = stream(2);

  Standard() {}

  private static PrintStream stream(int fd) {
    OutputStream buffered = new BufferedOutputStream(new Output(fd), BUFFER_BYTES);
    return new PrintStream(buffered, true, StandardCharsets.UTF_8);
  }

  /** Descriptor 0. */
  public InputStream input() {
    return input;
  }

  /** Lines of descriptor 0. */
  BufferedReader lines() {
    return lines;
  }

  /** Descriptor 1. */
  public PrintStream output() {
    return output;
  }

  /** Descriptor 2. */
  public PrintStream errors() {
    return errors;
  }

  /** Streams know nothing of calls that a signal interrupts. */
  private static int retried(IntSupplier call) throws IOException {
    while (true) {
      try {
        return call.getAsInt();
      } catch (PosixException e) {
        if (e.errno() != Errno.EINTR) {
          throw new IOException(e.getMessage(), e);
        }
      }
    }
  }

  /** Reads a descriptor. */
  private static final class Input extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int got = retried(() -> Unistd.read(0, bytes, offset, length));
      return got == 0 ? -1 : got;
    }
  }

  /** Writes a descriptor. */
  private static final class Output extends OutputStream {

    private final int fd;

    Output(int fd) {
      this.fd = fd;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; ) {
        int from = done;
        done += retried(() -> Unistd.write(fd, bytes, offset + from, length - from));
      }
    }
  }
}
