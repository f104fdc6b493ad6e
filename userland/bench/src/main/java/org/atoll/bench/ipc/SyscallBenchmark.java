package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code atoll bench syscall}. */
@Command(
    name = "atoll bench syscall",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what system calls cost a C program in a VOS, beside the same program under",
      "qemu-riscv64 on Linux, in alternating rounds, of some 25 seconds. A ratio is of the median of",
      "all rounds to the peer's best round."
    },
    footer = {
      "",
      "Exit status: 0; 125 when a row fails, or all.",
      "",
      "Example:",
      "  atoll bench syscall --rounds 10 --json syscalls.json"
    })
public final class SyscallBenchmark implements Callable<Integer> {

  @Mixin private final AllRounds rounds = new AllRounds();

  /** Runs the command and ends with its status. */
  public static void main(String[] arguments) {
    Commands.run(new SyscallBenchmark(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    rounds.check();
    return rounds.run(
        SyscallRows.all(Pinning.SAME_CORE), results -> new Table(System.out, results)::print);
  }
}
