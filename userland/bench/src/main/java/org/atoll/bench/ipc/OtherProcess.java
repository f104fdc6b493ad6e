package org.atoll.bench.ipc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.atoll.bench.ipc.Subject.Counters;

/** The other process of a peer: it says where it is, and ends when its input does. */
final class OtherProcess implements AutoCloseable {

  /** The only question: how long its compilers have worked. */
  private static final int COMPILED = 'c';

  private final Process process;
  private final BufferedReader answers;
  private final String says;

  /** Starts it, as this JVM runs. */
  OtherProcess(Class<?> main, String... words) throws IOException {
    List<String> command = new ArrayList<>(Pinning.asThisJvm());
    command.addAll(ForkedTrial.java(List.of(), main, List.of(words)));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = process.inputReader();
    says = answers.readLine();
    if (says == null) {
      throw new IOException("the peer's other process has ended");
    }
  }

  /** Its first line. */
  String says() {
    return says;
  }

  /** Milliseconds that its compilers have worked so far. */
  long compiledMillis() throws IOException {
    OutputStream asks = process.getOutputStream();
    asks.write(COMPILED);
    asks.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the peer's other process has ended");
    }
    return Long.parseLong(answer);
  }

  /** What a caller has used, with the compilers of both. */
  Counters counters() throws IOException {
    Counters own = Counters.ofThisThread();
    long compiled = own.compiledMillis() + compiledMillis();
    return new Counters(own.allocated(), own.cpuNanos(), compiled, own.events());
  }

  /** In the other process: says a line. */
  static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** In the other process: answers what is asked until it is to end. */
  static void awaitEnd() throws IOException {
    while (System.in.read() == COMPILED) {
      say(Long.toString(ManagementFactory.getCompilationMXBean().getTotalCompilationTime()));
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
