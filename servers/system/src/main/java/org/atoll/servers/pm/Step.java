package org.atoll.servers.pm;

/** What PM does when a call that it made is answered; saved by ordinal. */
enum Step {
  /** Nothing. */
  IGNORE,
  /** INIT: the first process's task is there. Words: pid. */
  INIT_SPAWNED,
  /** INIT: the first process has its descriptors. Words: pid. */
  INIT_FILES,
  /** INIT: the program runs, or cannot. Words: pid. */
  INIT_EXECUTED,
  /** FORK: the child's task is there. Words: request, parent, child, flags. */
  FORK_TASK,
  /** FORK: VM or VFS answered. Words: request, parent, child, flags, part. */
  FORK_PART,
  /** EXECED: VFS answered. Words: request, user, group. */
  EXECED_FILES,
  /** EXIT: CPU time. Words: pid. */
  EXIT_USAGE,
  /** EXIT: memory given back. Words: pid. */
  EXIT_MEMORY,
  /** EXIT: files given back. Words: pid. */
  EXIT_FILES,
  /** A result that goes to the request as it is. Words: request. */
  FORWARD,
  /** MOVE: a piece was taken over. Words: request, pid, target, task, bytes sent. */
  MOVE_ADOPTED,
  /** MOVE: CPU time on the node that it leaves. Words: pid, source, task. */
  MOVE_USAGE,
  /** MOVE: a kernel knows the new place. Words: pid, source, task. */
  MOVE_LOCATED,
  /** LIST: CPU time of one process. Words: request, pid, task. */
  LIST_USAGE,
  /** WAIT_USAGE: CPU time of the caller. Words: request, pid, task. */
  SELF_USAGE,
  /** LIMIT: the process knows its limit. Words: request, pid, flags, resource, new soft limit. */
  LIMIT_SET,
  /** LIMIT: VFS or VM knows. Words: request, old soft limit, old hard limit. */
  LIMIT_TOLD,
  /** WAIT_USAGE of children. Words as SELF_USAGE. */
  CHILDREN_USAGE,
  /** LOAD: that of a node. Words: request, nodes to ask, sums of the three means. */
  LOAD_KNOWN
}
