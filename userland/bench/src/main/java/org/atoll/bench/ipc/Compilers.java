package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The compilers of all JVMs that this process has started, and those that they have. */
final class Compilers {

  /** How Linux names threads of HotSpot's that compile, cut off as it does (proc_pid_comm(5)). */
  private static final String NAME = "\\((C1|C2) CompilerThre\\)";

  /** User and system time behind the name in {@code /proc/PID/task/TID/stat} (proc_pid_stat(5)). */
  private static final int USER = 11;

  private static final int SYSTEM = 12;

  private Compilers() {}

  /** CPU time that they have used, in clock ticks, which are 10 ms each. */
  static long ticks() {
    return ProcessHandle.current().descendants().mapToLong(each -> ticks(each.pid())).sum();
  }

  private static long ticks(long pid) {
    long ticks = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads) {
        ticks += ticksOf(Files.readString(thread.resolve("stat")));
      }
    } catch (IOException ended) {
      // Its threads compile nothing any more.
    }
    return ticks;
  }

  /** Of a thread, if it is a compiler. */
  static long ticksOf(String stat) {
    int behind = stat.lastIndexOf(')') + 1;
    String name = stat.substring(stat.indexOf('('), behind);
    if (!name.matches(NAME)) {
      return 0;
    }
    String[] fields = stat.substring(behind).strip().split(" ");
    return Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
  }
}
