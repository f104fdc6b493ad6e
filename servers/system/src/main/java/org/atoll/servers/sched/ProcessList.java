package org.atoll.servers.sched;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Endpoint;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.abi.protocol.ProcessRecord;
import org.atoll.libsys.sched.Candidate;
import org.atoll.libsys.sched.Share;

/** A part of PM's list of processes. */
final class ProcessList {

  /** Records that are asked for at once. */
  static final int RECORDS = 128;

  private static final byte[] NOTHING = {};

  private final byte[] records;

  private ProcessList(byte[] records) {
    this.records = records;
  }

  /** Asks PM for the processes from a process id on; the call, or a negated errno. */
  static long ask(Turn turn, long fromPid) {
    return turn.callWithBytes(
        turn.role(Role.PM),
        PmProtocol.Call.LIST.encode(turn.scratch(), fromPid),
        NOTHING,
        0,
        RECORDS * ProcessRecord.BYTES);
  }

  /** What PM answered in this turn. */
  static ProcessList answered(Turn turn, int count) {
    byte[] records = new byte[count * ProcessRecord.BYTES];
    turn.answerBytes(0, records, 0, records.length);
    return new ProcessList(records);
  }

  private int field(int record, int at) {
    int value = 0;
    int from = record * ProcessRecord.BYTES + at;
    for (int i = 0; i < Integer.BYTES; i++) {
      value |= (records[from + i] & 0xff) << 8 * i;
    }
    return value;
  }

  /** Whether it has a task: it is neither PM nor over. */
  boolean runs(int record) {
    return task(record) != Endpoint.NONE && field(record, ProcessRecord.STATE) != 'Z';
  }

  int task(int record) {
    return field(record, ProcessRecord.ENDPOINT);
  }

  Candidate candidate(int record) {
    return new Candidate(
        field(record, ProcessRecord.PID),
        field(record, ProcessRecord.PARENT),
        field(record, ProcessRecord.NODE),
        name(record),
        field(record, ProcessRecord.NICE),
        field(record, ProcessRecord.POLICY),
        field(record, ProcessRecord.PRIORITY),
        Share.NORMAL);
  }

  private String name(int record) {
    int from = record * ProcessRecord.BYTES + ProcessRecord.NAME;
    int length = 0;
    while (ProcessRecord.NAME + length < ProcessRecord.GID && records[from + length] != 0) {
      length++;
    }
    return new String(records, from, length, ISO_8859_1);
  }
}
