package org.atoll.libposix;

/** Whose rights a new program has: its process's, or by its set-id bits its owner's. */
record ExecIds(ExecFile program, ProcessState process) {

  private static final int S_ISUID = 04000;
  private static final int S_ISGID_AND_EXECUTABLE = 02010;

  /** The user that the program sets, or -1. */
  int user() {
    return !process.noNewPrivileges && (program.mode & S_ISUID) != 0 ? program.user : -1;
  }

  /** The group that the program sets, or -1. */
  int group() {
    boolean set = (program.mode & S_ISGID_AND_EXECUTABLE) == S_ISGID_AND_EXECUTABLE;
    return !process.noNewPrivileges && set ? program.group : -1;
  }

  /** Real and effective user, real and effective group, as the auxiliary vector has them. */
  int[] all() {
    Credentials now = process.credentials;
    return new int[] {
      now.user(),
      user() == -1 ? now.effectiveUser() : user(),
      now.group(),
      group() == -1 ? now.effectiveGroup() : group()
    };
  }
}
