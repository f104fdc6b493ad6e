package org.atoll.libposix.strace;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which system calls {@code -e trace=} means: names, {@code %classes}, {@code /expressions} and
 * {@code ?names} that need not exist, separated by commas; {@code !} in front turns the set round.
 */
public final class CallFilter {

  private static final List<String> PATHS = List.of("path");
  private static final List<String> DESCRIPTORS =
      List.of("fd", "at", "pair", "polls", "fds", "polled");

  /** Classes that do not follow from the arguments. */
  private static final Map<String, String> CLASSES =
      Map.of(
          "process",
              "clone|clone3|fork|vfork|execve|execveat|exit|exit_group|wait4|waitid|kill"
                  + "|tkill|tgkill|rt_sigqueueinfo|rt_tgsigqueueinfo|pidfd_.*|unshare",
          "signal", "rt_sig.*|rt_tgsig.*|sigaltstack|signalfd.*|kill|tkill|tgkill",
          "memory",
              "brk|mmap|munmap|mprotect|mremap|madvise|msync|mincore|mlock.*|munlock.*"
                  + "|process_madvise|pkey_mprotect|membarrier|.*mempolicy|mbind|move_pages",
          "network",
              "socket.*|bind|connect|listen|accept4?|send.*|recv.*|getsockname|getpeername"
                  + "|[gs]etsockopt|shutdown",
          "ipc", "msg.*|sem.*|shm.*",
          "clock", "clock_.*|adjtimex|gettimeofday|settimeofday",
          "creds", "[gs]et(e|re|res|fs)?[ug]id|[gs]etgroups|capget|capset|prctl",
          "pure", "getpid|gettid|getppid|get(e)?[ug]id|getpgid|getsid|umask|times");

  /** Endings of the send and receive calls that are not about the network. */
  private static final Set<String> NOT_NETWORK = Set.of("sendfile");

  private final Map<String, String> calls;

  private CallFilter(Map<String, String> calls) {
    this.calls = calls;
  }

  /**
   * Reads a filter.
   *
   * @param calls the arguments of every system call, by its name
   * @throws IllegalArgumentException when it names what does not exist
   */
  public static Set<String> of(String filter, Map<String, String> calls) {
    return new CallFilter(calls).read(filter);
  }

  private Set<String> read(String filter) {
    boolean inverted = filter.startsWith("!");
    Set<String> named = new TreeSet<>();
    for (String name : filter.substring(inverted ? 1 : 0).split(",", -1)) {
      named.addAll(named(name));
    }
    if (!inverted) {
      return named;
    }
    Set<String> others = new TreeSet<>(calls.keySet());
    others.removeAll(named);
    return others;
  }

  private static IllegalArgumentException wrong(String name) {
    return new IllegalArgumentException("invalid system call '" + name + "'");
  }

  private Collection<String> named(String name) {
    if (name.equals("all")) {
      return calls.keySet();
    }
    if (name.equals("none")) {
      return Set.of();
    }
    if (name.startsWith("/")) {
      Pattern pattern = Pattern.compile(name.substring(1));
      return calls.keySet().stream().filter(c -> pattern.matcher(c).find()).toList();
    }
    if (name.startsWith("%")) {
      return members(name.substring(1));
    }
    boolean optional = name.startsWith("?");
    String plain = optional ? name.substring(1) : name;
    if (!calls.containsKey(plain) && !optional) {
      throw wrong(name);
    }
    return calls.containsKey(plain) ? Set.of(plain) : Set.of();
  }

  private Collection<String> members(String group) {
    return switch (group) {
      case "file" -> having(PATHS);
      case "desc" -> having(DESCRIPTORS);
      default -> {
        String pattern = CLASSES.get(group);
        if (pattern == null) {
          throw wrong("%" + group);
        }
        yield calls.keySet().stream()
            .filter(c -> c.matches(pattern) && !NOT_NETWORK.contains(c))
            .toList();
      }
    };
  }

  private Collection<String> having(List<String> kinds) {
    return calls.entrySet().stream()
        .filter(c -> Arguments.of(c.getValue()).any(kinds))
        .map(Map.Entry::getKey)
        .toList();
  }
}
