package org.atoll.libposix;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.atoll.abi.AtollCall;
import org.atoll.libposix.strace.Arguments;

/** The page {@code docs/reference/posix.md}, made from the table of system calls. */
public final class Reference {

  private static final String HEAD =
      """
      # System calls

      Generated from the table in `libposix` (`SystemCalls`); a test fails when it is stale.

      A program makes the system calls of Linux for riscv64: number in `a7`, arguments in `a0` to
      `a5`, result or negated errno in `a0`. **full**: as Linux. **partial**: as Linux but for what
      the note says. **none**: answers `ENOSYS` and is counted (`atoll run --report-missing`).

      """;

  private static final String OWN =
      """

      ## Atoll's own calls

      Numbers far outside Linux's. `atoll_onnode(node)` sets where the process's next exec takes it;
      `ENXIO` when there is no such node, or it is down. `atoll_node()` answers the node that the
      process is on. `atoll_processes(buffer, bytes, first)` fills the buffer with the records (64
      bytes each, `ProcessRecord`) of the processes of all nodes from pid `first` on, and answers
      how many bytes that took, 0 when there are no more.

      """;

  private Reference() {}

  /** The page. */
  public static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    List<SystemCall> rows = SystemCalls.rows();
    page.append(totals(rows)).append('\n');
    table(page, rows.stream().filter(r -> r.number() < AtollCall.ONNODE).toList());
    page.append(OWN);
    table(page, rows.stream().filter(r -> r.number() >= AtollCall.ONNODE).toList());
    return page.toString();
  }

  private static String totals(List<SystemCall> rows) {
    StringBuilder line = new StringBuilder();
    for (SystemCall.Support support : SystemCall.Support.values()) {
      long count =
          rows.stream()
              .filter(r -> r.number() < AtollCall.ONNODE && r.support() == support)
              .count();
      line.append(line.isEmpty() ? "" : ", ").append(count).append(' ').append(name(support));
    }
    return line.append(".\n").toString();
  }

  private static void table(StringBuilder page, List<SystemCall> rows) {
    page.append("| number | call | support | missing |\n| ---: | --- | --- | --- |\n");
    for (SystemCall row : rows) {
      page.append("| ").append(row.number() < AtollCall.ONNODE ? row.number() : hex(row));
      page.append(" | ").append(call(row)).append(" | ").append(name(row.support()));
      page.append(" | ").append(row.note()).append(" |\n");
    }
  }

  private static String hex(SystemCall row) {
    return "0x" + Integer.toHexString(row.number());
  }

  private static String name(SystemCall.Support support) {
    return support.name().toLowerCase(Locale.ROOT);
  }

  private static String call(SystemCall row) {
    List<String> names = Arguments.names(row.arguments());
    if (row.support() == SystemCall.Support.NONE || names.isEmpty()) {
      return "`" + row.name() + "`";
    }
    return "`" + row.name() + "(" + String.join(", ", names) + ")`";
  }

  /** The arguments of every system call, as its row declares them, by its name. */
  public static Map<String, String> calls() {
    return SystemCalls.rows().stream()
        .collect(Collectors.toMap(SystemCall::name, SystemCall::arguments));
  }
}
