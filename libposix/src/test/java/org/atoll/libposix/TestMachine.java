package org.atoll.libposix;

import java.util.TreeMap;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Machine;
import org.atoll.abi.Message;

/** Registers and pages of a process under test. Pages are reserved first, present after a fault. */
final class TestMachine implements Machine {

  private static final int PAGE = 4096;

  /** Does the call for {@link Machine#call}. */
  interface Calls {
    long call(int to, Message m, long in, int inBytes, long out, int outBytes);
  }

  private final TreeMap<Long, byte[]> pages = new TreeMap<>();
  private final TreeMap<Long, Integer> reserved = new TreeMap<>();

  /** Registers of a hart. */
  private static final class Hart {
    final long[] x = new long[32];
    final long[] f = new long[32];
    long pc;
    int fcsr;
  }

  private final TreeMap<Integer, Hart> harts = new TreeMap<>();
  private Hart hart = new Hart();
  private final Calls calls;
  final java.util.Set<Long> shared = new java.util.TreeSet<>();
  long trapValue;
  int fences;

  TestMachine(Calls calls) {
    this.calls = calls;
    harts.put(0, hart);
  }

  /** The numbers of the harts. */
  java.util.Set<Integer> harts() {
    return harts.keySet();
  }

  @Override
  public int makeHart() {
    Hart made = new Hart();
    System.arraycopy(hart.x, 0, made.x, 0, 32);
    System.arraycopy(hart.f, 0, made.f, 0, 32);
    made.pc = hart.pc;
    made.fcsr = hart.fcsr;
    int number = 0;
    while (harts.containsKey(number)) {
      number++;
    }
    harts.put(number, made);
    return number;
  }

  @Override
  public void selectHart(int number) {
    hart = java.util.Objects.requireNonNull(harts.get(number));
  }

  @Override
  public void dropHart(int number) {
    if (harts.remove(number) == hart) {
      throw new IllegalStateException("the current hart ends");
    }
  }

  @Override
  public boolean shared(long address) {
    return shared.contains(address / PAGE);
  }

  /** Makes a range present on demand, with these rights. */
  void reserve(long address, long bytes, int rights) {
    for (long page = address / PAGE; page <= (address + bytes - 1) / PAGE; page++) {
      reserved.put(page, rights);
    }
  }

  /** As VM.POPULATE: bytes from the address on that are present now. */
  long populate(long address, long bytes, int access) {
    long done = 0;
    while (done < bytes) {
      long page = (address + done) / PAGE;
      if ((reserved.getOrDefault(page, 0) & access) == 0) {
        return done;
      }
      pages.computeIfAbsent(page, p -> new byte[PAGE]);
      done += PAGE - (address + done) % PAGE;
    }
    return bytes;
  }

  /** Stores bytes wherever they are reserved, whatever the rights. */
  void poke(long address, byte... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      long at = address + i;
      pages.computeIfAbsent(at / PAGE, p -> new byte[PAGE])[(int) (at % PAGE)] = bytes[i];
    }
  }

  /** The bytes at an address, zeros where nothing is. */
  byte[] peek(long address, int bytes) {
    byte[] copy = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      byte[] page = pages.get((address + i) / PAGE);
      copy[i] = page == null ? 0 : page[(int) ((address + i) % PAGE)];
    }
    return copy;
  }

  private long present(long address, long bytes, int access) {
    long done = 0;
    while (done < bytes) {
      long page = (address + done) / PAGE;
      if (!pages.containsKey(page) || (reserved.getOrDefault(page, 0) & access) == 0) {
        return done;
      }
      done += PAGE - (address + done) % PAGE;
    }
    return bytes;
  }

  @Override
  public long pc() {
    return hart.pc;
  }

  @Override
  public void pc(long value) {
    hart.pc = value;
  }

  @Override
  public long x(int register) {
    return hart.x[register];
  }

  @Override
  public void x(int register, long value) {
    if (register != 0) {
      hart.x[register] = value;
    }
  }

  @Override
  public long f(int register) {
    return hart.f[register];
  }

  @Override
  public void f(int register, long bits) {
    hart.f[register] = bits;
  }

  @Override
  public int fcsr() {
    return hart.fcsr;
  }

  @Override
  public void fcsr(int value) {
    hart.fcsr = value;
  }

  @Override
  public long trapValue() {
    return trapValue;
  }

  @Override
  public boolean host() {
    return false;
  }

  @Override
  public void reset() {
    java.util.Arrays.fill(hart.x, 0);
    java.util.Arrays.fill(hart.f, 0);
    hart.pc = 0;
    hart.fcsr = 0;
  }

  @Override
  public long readable(long address, long bytes) {
    return present(address, bytes, KernelCalls.PAGE_READ);
  }

  @Override
  public long writable(long address, long bytes) {
    return present(address, bytes, KernelCalls.PAGE_WRITE);
  }

  @Override
  public int copyIn(long address, byte[] target, int offset, int bytes) {
    int done = (int) readable(address, bytes);
    System.arraycopy(peek(address, done), 0, target, offset, done);
    return done;
  }

  @Override
  public int copyOut(long address, byte[] source, int offset, int bytes) {
    int done = (int) writable(address, bytes);
    poke(address, java.util.Arrays.copyOfRange(source, offset, offset + done));
    return done;
  }

  @Override
  public long call(int destination, Message m, long in, int inBytes, long out, int outBytes) {
    return calls.call(destination, m, in, inBytes, out, outBytes);
  }

  @Override
  public void fenceInstructions() {
    fences++;
  }
}
