package org.atoll.libposix;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.atoll.abi.AtollCall;
import org.jspecify.annotations.Nullable;

/**
 * The table of system calls, put together from the rows of every theme. Immutable.
 *
 * <p>To add a call: give it a row and a function in its theme's class, and take it out of {@link
 * AbsentCalls}; {@code docs/reference/posix.md} follows from the table.
 */
final class SystemCalls {

  /** Number of execve, which a process's first program begins with, too. */
  static final int EXECVE = 221;

  private static final List<Consumer<Table>> THEMES =
      List.of(
          Files::rows,
          Vectors::rows,
          Copies::rows,
          Descriptors::rows,
          Names::rows,
          Attributes::rows,
          ExtendedAttributes::rows,
          Polls::rows,
          EventDescriptors::rows,
          EpollWaits::rows,
          SocketCalls::rows,
          Memory::rows,
          Processes::rows,
          Waits::rows,
          Identity::rows,
          SignalCalls::rows,
          Times::rows,
          TimerCalls::rows,
          ClockTuning::rows,
          LimitCalls::rows,
          Scheduling::rows,
          SchedulingPolicies::rows,
          ProcessControl::rows,
          Futexes::rows,
          SystemInfo::rows,
          Placement::rows,
          Hosted::rows,
          RawIpc::rows,
          AbsentCalls::rows);

  private static final List<SystemCall> ROWS = rowsOfAllThemes();

  /** Linux's numbers are below this. */
  private static final int LINUX_END = 512;

  private static final @Nullable SystemCall[] BY_NUMBER = byNumber();

  private SystemCalls() {}

  /** All rows, by number. */
  static List<SystemCall> rows() {
    return ROWS;
  }

  /** The row of a number, or null when there is no such call, on Linux either. */
  static @Nullable SystemCall row(long number) {
    if (number >= 0 && number < LINUX_END) {
      return BY_NUMBER[(int) number];
    }
    boolean own = number >= AtollCall.ONNODE && number <= AtollCall.LAST;
    return own ? BY_NUMBER[index((int) number)] : null;
  }

  private static int index(int number) {
    return number < LINUX_END ? number : LINUX_END + number - AtollCall.ONNODE;
  }

  private static List<SystemCall> rowsOfAllThemes() {
    Table table = new Table();
    THEMES.forEach(theme -> theme.accept(table));
    return table.rows().stream().sorted(Comparator.comparingInt(SystemCall::number)).toList();
  }

  private static @Nullable SystemCall[] byNumber() {
    @Nullable SystemCall[] all = new @Nullable SystemCall[index(AtollCall.LAST) + 1];
    for (SystemCall row : ROWS) {
      all[index(row.number())] = row;
    }
    return all;
  }
}
