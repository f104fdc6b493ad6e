package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.atoll.bench.AtollCommand;

/** The rows of {@code atoll bench syscall}: each call in a VOS, and under Linux. */
final class SyscallRows {

  /**
   * A call.
   *
   * @param name as the program and the rows name it
   * @param batch calls that a sample is the mean of, as in the program
   * @param samples of a round
   */
  private record Call(String name, int batch, int samples) {}

  private static final List<Call> CALLS =
      List.of(
          new Call("null", 100, 300),
          new Call("read1", 10, 300),
          new Call("write1", 10, 300),
          new Call("stat", 10, 300),
          new Call("open.close", 10, 200),
          new Call("signal", 10, 200),
          new Call("pipe", 10, 200),
          new Call("switch", 8, 200),
          new Call("fault", 64, 50),
          new Call("fork", 1, 50),
          new Call("exec", 1, 20),
          new Call("sh", 1, 20));

  private SyscallRows() {}

  /** All of them, with VOS and Linux on the same cores. */
  static List<Row> all(Pinning pinning) throws IOException {
    GuestProgram program = new GuestProgram();
    GuestSystem vos = system(program, pinning, AtollCommand.atoll("run", "--", "sh"));
    GuestSystem linux = system(program, pinning, AtollCommand.oracle("sh"));
    String placement = pinning.words();
    return CALLS.stream()
        .flatMap(call ->
            Stream.of(
                new Row(
                    "syscall." + call.name(),
                    LocalRows.LANGUAGE,
                    placement,
                    call.batch(),
                    GuestTrial.onNode(0, vos, call.name(), call.samples()),
                    List.of("peer.qemu." + call.name())),
                new Row(
                    "peer.qemu." + call.name(),
                    NodeRows.PROCESS,
                    placement,
                    call.batch(),
                    GuestTrial.underQemu(linux, call.name(), call.samples()),
                    List.of())))
        .toList();
  }

  private static GuestSystem system(GuestProgram program, Pinning pinning, List<String> command)
      throws IOException {
    List<String> all = new ArrayList<>(pinning.prefix());
    all.addAll(command);
    return new GuestSystem(program, all);
  }
}
