package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The compilers of all JVMs that this process has started, and those that they have. */
final class Compilers {

  /** How Linux names threads of HotSpot's that compile, cut off as it does (proc_pid_comm(5)). */
  private static final String NAME = "\\((C1|C2) CompilerThre\\)";

  /** User and system time behind the name in {@code /proc/PID/task/TID/stat} (proc_pid_stat(5)). */
  private static final int USER = 11;

  private static final int SYSTEM = 12;

  /** State behind the name: {@value #RUNNING} has a core, or waits for one. */
  private static final int STATE = 0;

  private static final String RUNNING = "R";

  private Compilers() {}

  /**
   * Whether one of this process's, or of those that it has started, is at work: one that gets no
   * core to work on uses no time.
   */
  static boolean areAtWork() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.concat(Stream.of(self), self.descendants())
        .flatMap(each -> stats(each.pid()).stream())
        .anyMatch(Compilers::isAtWork);
  }

  /** Whether a thread is a compiler at work. */
  static boolean isAtWork(String stat) {
    String[] fields = fieldsOfCompiler(stat);
    return fields.length > 0 && fields[STATE].equals(RUNNING);
  }

  /** CPU time that they have used, in clock ticks, which are 10 ms each. */
  static long ticks() {
    return ProcessHandle.current().descendants().mapToLong(each -> ticks(each.pid())).sum();
  }

  private static long ticks(long pid) {
    return stats(pid).stream().mapToLong(Compilers::ticksOf).sum();
  }

  /** Of a thread, if it is a compiler. */
  static long ticksOf(String stat) {
    String[] fields = fieldsOfCompiler(stat);
    return fields.length == 0 ? 0 : Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
  }

  /** What Linux says of each thread of a process. */
  private static List<String> stats(long pid) {
    List<String> stats = new ArrayList<>();
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads) {
        stats.add(Files.readString(thread.resolve("stat")));
      }
    } catch (IOException ended) {
      // Its threads compile nothing any more.
    }
    return stats;
  }

  /** The fields behind a compiler's name; none when the thread is something else. */
  private static String[] fieldsOfCompiler(String stat) {
    int behind = stat.lastIndexOf(')') + 1;
    boolean compiler = stat.substring(stat.indexOf('('), behind).matches(NAME);
    return compiler ? stat.substring(behind).strip().split(" ") : new String[0];
  }
}
