package org.atoll.libposix;

import org.atoll.abi.Errno;

/**
 * The system calls that Linux 6.12 has for riscv64 and Atoll has not: they answer ENOSYS and are
 * counted; and those that are about something that there is none of. (Numbers: Linux's
 * include/uapi/asm-generic/unistd.h and arch/riscv.)
 */
final class AbsentCalls {

  private static final String NAMES =
      """
      io_setup 0, io_destroy 1, io_submit 2, io_cancel 3, io_getevents 4, lookup_dcookie 18,
      inotify_init1 26,
      inotify_add_watch 27, inotify_rm_watch 28, nfsservctl 42, quotactl 60,
      vmsplice 75, splice 76, tee 77, kexec_load 104, ptrace 117,
      restart_syscall 128, mq_open 180, mq_unlink 181, mq_timedsend 182,
      mq_timedreceive 183, mq_notify 184, mq_getsetattr 185, msgget 186, msgctl 187,
      msgrcv 188, msgsnd 189, semget 190, semctl 191, semtimedop 192, semop 193, shmget 194,
      shmctl 195, shmat 196, shmdt 197,
      add_key 217, request_key 218,
      keyctl 219, remap_file_pages 234, mbind 235, get_mempolicy 236, set_mempolicy 237,
      migrate_pages 238, move_pages 239, perf_event_open 241,
      fanotify_init 262, fanotify_mark 263, name_to_handle_at 264, open_by_handle_at 265,
      setns 268, process_vm_readv 270, process_vm_writev 271, kcmp 272,
      seccomp 277, memfd_create 279, bpf 280,
      userfaultfd 282, pkey_mprotect 288, pkey_alloc 289, pkey_free 290, io_pgetevents 292,
      rseq 293, kexec_file_load 294, pidfd_send_signal 424, io_uring_setup 425,
      io_uring_enter 426, io_uring_register 427, open_tree 428, move_mount 429, fsopen 430,
      fsconfig 431, fsmount 432, fspick 433, pidfd_open 434, clone3 435, openat2 437,
      pidfd_getfd 438, process_madvise 440, mount_setattr 442,
      quotactl_fd 443, landlock_create_ruleset 444, landlock_add_rule 445,
      landlock_restrict_self 446, memfd_secret 447, process_mrelease 448, futex_waitv 449,
      set_mempolicy_home_node 450, cachestat 451, map_shadow_stack 453, futex_wake 454,
      futex_wait 455, futex_requeue 456, statmount 457, listmount 458,
      lsm_get_self_attr 459, lsm_set_self_attr 460, lsm_list_modules 461, mseal 462
      """;

  private AbsentCalls() {}

  static void rows(Table t) {
    t.refused(58, "vhangup", "no controlling terminals: EPERM", Errno.EPERM);
    t.refused(41, "pivot_root", "the root stays: EPERM", Errno.EPERM);
    t.refused(89, "acct", "no accounting: EPERM", Errno.EPERM);
    t.refused(116, "syslog", "no kernel log: EPERM", Errno.EPERM);
    t.refused(142, "reboot", "a VOS ends with its command: EPERM", Errno.EPERM);
    t.refused(105, "init_module", "no modules: EPERM", Errno.EPERM);
    t.refused(106, "delete_module", "no modules: EPERM", Errno.EPERM);
    t.refused(273, "finit_module", "no modules: EPERM", Errno.EPERM);
    t.refused(224, "swapon", "no swapping: EPERM", Errno.EPERM);
    t.refused(225, "swapoff", "no swapping: EPERM", Errno.EPERM);
    for (String entry : NAMES.split(",")) {
      String[] nameAndNumber = entry.strip().split(" ");
      t.none(Integer.parseInt(nameAndNumber[1]), nameAndNumber[0]);
    }
  }
}
