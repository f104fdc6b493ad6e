package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.List;

/** The other process of a peer: it says where it is, and ends when its input does. */
final class OtherProcess implements AutoCloseable {

  private final Process process;
  private final String says;

  /** Starts it, as this JVM runs. */
  OtherProcess(Class<?> main, String... words) throws IOException {
    process =
        new ProcessBuilder(ForkedTrial.java(List.of(), main, List.of(words)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    says = process.inputReader().readLine();
    if (says == null) {
      throw new IOException("the peer's other process has ended");
    }
  }

  /** Its first line. */
  String says() {
    return says;
  }

  /** In the other process: says a line. */
  static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** In the other process: returns when it is to end. */
  static void awaitEnd() throws IOException {
    while (System.in.read() >= 0) {
      // Nothing else comes.
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
