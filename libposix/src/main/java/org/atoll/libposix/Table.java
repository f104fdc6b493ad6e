package org.atoll.libposix;

import java.util.ArrayList;
import java.util.List;

/** The table of system calls while it is written: each theme adds its rows. */
final class Table {

  private final List<SystemCall> rows = new ArrayList<>();

  /** A call that is all there. */
  void full(int number, String name, String arguments, SystemCall.Body body) {
    full(number, name, arguments, Interruption.NONE, body);
  }

  /** A call that is all there and may wait. */
  void full(
      int number, String name, String arguments, Interruption interruption, SystemCall.Body body) {
    add(number, name, SystemCall.Support.FULL, "", arguments, interruption, body);
  }

  /** A call of which something is missing, as the note says. */
  void partial(int number, String name, String arguments, String note, SystemCall.Body body) {
    partial(number, name, arguments, note, Interruption.NONE, body);
  }

  /** A call of which something is missing and that may wait. */
  void partial(
      int number,
      String name,
      String arguments,
      String note,
      Interruption interruption,
      SystemCall.Body body) {
    add(number, name, SystemCall.Support.PARTIAL, note, arguments, interruption, body);
  }

  /** A call that always answers this errno, because what it is about does not exist here. */
  void refused(int number, String name, String note, int errno) {
    add(number, name, SystemCall.Support.PARTIAL, note, "", Interruption.NONE, c -> -errno);
  }

  /** A call that is not there. */
  void none(int number, String name) {
    rows.add(
        new SystemCall(number, name, SystemCall.Support.NONE, "", "", Interruption.NONE, null));
  }

  private void add(
      int number,
      String name,
      SystemCall.Support support,
      String note,
      String arguments,
      Interruption interruption,
      SystemCall.Body body) {
    rows.add(new SystemCall(number, name, support, note, arguments, interruption, body));
  }

  List<SystemCall> rows() {
    return rows;
  }
}
