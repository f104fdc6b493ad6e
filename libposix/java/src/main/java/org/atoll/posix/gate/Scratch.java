package org.atoll.posix.gate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.HostedProcess;

/**
 * Memory of the process for the buffers of one system call, and the call. Given back when closed,
 * in the reverse order of opening: a signal handler's calls lie within those of the program.
 */
public final class Scratch implements AutoCloseable {

  private record Mapped(long address, int bytes) {}

  private final Gate gate;
  private final HostedProcess process;
  private final int before;
  private final List<Mapped> mapped = new ArrayList<>(0);

  private Scratch(Gate gate) {
    this.gate = gate;
    this.process = gate.process();
    this.before = gate.used();
  }

  /** For a call of the process whose thread asks. */
  public static Scratch open() {
    return new Scratch(Gate.current());
  }

  /** Memory that a call writes to; its contents are undefined. */
  public long room(int bytes) {
    long address = gate.take(bytes);
    if (address == 0) {
      address = Memory.map(process, bytes);
      mapped.add(new Mapped(address, bytes));
    }
    return address;
  }

  /** A copy of bytes, for a call to read. */
  public long copy(byte[] bytes, int offset, int length) {
    long address = room(Math.max(1, length));
    process.write(address, bytes, offset, length);
    return address;
  }

  /** A copy of bytes, for a call to read. */
  public long copy(byte[] bytes) {
    return copy(bytes, 0, bytes.length);
  }

  /** A string with its NUL, in UTF-8. */
  public long string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long address = room(bytes.length + 1);
    process.write(address, bytes, 0, bytes.length);
    process.write(address + bytes.length, new byte[1], 0, 1);
    return address;
  }

  /** An array of strings, ended by a null pointer. */
  public long strings(List<String> texts) {
    byte[] pointers = new byte[8 * (texts.size() + 1)];
    for (int i = 0; i < texts.size(); i++) {
      Bytes.putLong(pointers, 8 * i, string(texts.get(i)));
    }
    return copy(pointers);
  }

  /** Makes the call: its result or a negated errno. */
  public long call(int number, long... arguments) {
    return process.call(number, arguments);
  }

  /** Forks: see {@link HostedProcess#fork}. */
  public long fork(long table, int failures) {
    return process.fork(table, failures);
  }

  /** What a call has written. */
  public byte[] bytes(long address, int length) {
    byte[] bytes = new byte[length];
    process.read(address, bytes, 0, length);
    return bytes;
  }

  /** Copies what a call has written. */
  public void read(long address, byte[] target, int offset, int length) {
    process.read(address, target, offset, length);
  }

  @Override
  public void close() {
    gate.used(before);
    for (Mapped each : mapped) {
      Memory.unmap(process, each.address(), each.bytes());
    }
  }
}
