package org.atoll.boot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.protocol.Protocols;
import org.atoll.hypercall.Hypercall;

/**
 * Which messages a trace shows: those that fit each of these that is not empty.
 *
 * @param servers names of tasks that send or receive
 * @param calls names of calls and hypercalls
 * @param pids processes that send or receive
 * @param nodes the nodes of the senders
 */
public record TraceFilter(
    Set<String> servers, Set<String> calls, Set<Integer> pids, Set<Integer> nodes) {

  /** Everything. */
  public static final TraceFilter ALL = new TraceFilter(Set.of(), Set.of(), Set.of(), Set.of());

  /** What is a task's name besides those of the boot list. */
  private static final List<String> OTHER_TASKS = List.of("kernel", "process", "member", "host");

  /** Whether everything is shown. */
  boolean all() {
    return equals(ALL);
  }

  /** The options that make this filter. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    BiConsumer<String, Set<?>> add =
        (name, values) -> values.forEach(v -> options.addAll(List.of(name, v.toString())));
    add.accept("--server", servers);
    add.accept("--call", calls);
    add.accept("--pid", pids);
    add.accept("--node", nodes);
    return options;
  }

  /** Checks what can be checked before the VOS boots. */
  public void check(int nodeCount) throws IOException {
    Set<String> known =
        Stream.concat(
                Protocols.all().stream().flatMap(p -> p.calls().stream()).map(ProtocolCall::name),
                Stream.of(Hypercall.values()).map(Hypercall::name))
            .collect(Collectors.toCollection(TreeSet::new));
    for (String call : calls) {
      expect("call", call, known);
    }
    for (int node : nodes) {
      if (node < 0 || node >= nodeCount) {
        throw new IOException("no node " + node + ": there are nodes 0 to " + (nodeCount - 1));
      }
    }
    for (int pid : pids) {
      if (pid < 1) {
        throw new IOException("no process " + pid + ": processes are numbered from 1 on");
      }
    }
  }

  /** Checks the names of servers when these are known. */
  void checkServers(List<String> tasks) throws IOException {
    Set<String> known = new TreeSet<>(tasks);
    known.addAll(OTHER_TASKS);
    for (String server : servers) {
      expect("server", server, known);
    }
  }

  private static void expect(String what, String name, Set<String> known) throws IOException {
    if (!known.contains(name)) {
      throw new IOException(
          "no " + what + " is called '" + name + "': there are " + String.join(", ", known));
    }
  }
}
