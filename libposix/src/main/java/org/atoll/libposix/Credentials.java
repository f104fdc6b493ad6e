package org.atoll.libposix;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * A copy of the process's user and group ids; the truth is PM's, which is asked for each change.
 */
final class Credentials {

  /** Real, effective, saved. */
  private final int[] users = new int[3];

  private final int[] groups = new int[3];
  private int[] supplementary = new int[0];

  int user() {
    return users[0];
  }

  int effectiveUser() {
    return users[1];
  }

  int savedUser() {
    return users[2];
  }

  int group() {
    return groups[0];
  }

  int effectiveGroup() {
    return groups[1];
  }

  int savedGroup() {
    return groups[2];
  }

  /** Supplementary groups; not to be changed. */
  int[] supplementary() {
    return supplementary;
  }

  void supplementary(int[] ids) {
    supplementary = ids;
  }

  /** As setresuid: -1 keeps. */
  void users(int real, int effective, int saved) {
    set(users, real, effective, saved);
  }

  /** As setresgid: -1 keeps. */
  void groups(int real, int effective, int saved) {
    set(groups, real, effective, saved);
  }

  /** Whether the process may do what only root may. */
  boolean privileged() {
    return effectiveUser() == 0;
  }

  private static void set(int[] ids, int real, int effective, int saved) {
    ids[0] = real == -1 ? ids[0] : real;
    ids[1] = effective == -1 ? ids[1] : effective;
    ids[2] = saved == -1 ? ids[2] : saved;
  }

  void save(StateWriter out) {
    for (int i = 0; i < 3; i++) {
      out.writeInt(users[i]).writeInt(groups[i]);
    }
    out.writeInt(supplementary.length);
    for (int id : supplementary) {
      out.writeInt(id);
    }
  }

  void load(StateReader in) {
    for (int i = 0; i < 3; i++) {
      users[i] = in.readInt();
      groups[i] = in.readInt();
    }
    supplementary = new int[in.readCount(Integer.BYTES)];
    for (int i = 0; i < supplementary.length; i++) {
      supplementary[i] = in.readInt();
    }
  }
}
