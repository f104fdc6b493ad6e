package org.atoll.servers.vfs;

import java.util.Arrays;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Machine;
import org.atoll.abi.StateWriter;

/** The kernel calls that servers of this package make, on a {@link TestMachine}. */
final class TestKernel implements KernelCalls {

  private final TestMachine machine;
  private final int self;

  TestKernel(TestMachine machine, int self) {
    this.machine = machine;
    this.self = self;
  }

  @Override
  public long nowNanos() {
    return machine.nowNanos;
  }

  @Override
  public long wallNanos() {
    return 1_700_000_000_000_000_000L + machine.nowNanos;
  }

  @Override
  public void random(byte[] target, int offset, int bytes) {
    for (int i = 0; i < bytes; i++) {
      target[offset + i] = (byte) (37 * i + 11);
    }
  }

  @Override
  public void setAlarm(long tag, long delayNanos) {
    machine.alarm(self, tag, delayNanos);
  }

  @Override
  public void cancelAlarm(long tag) {
    machine.noAlarm(tag);
  }

  @Override
  public long retiredBy(int task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long userNanosOf(int task) {
    return 0;
  }

  @Override
  public void giveWay() {}

  @Override
  public long cpuNanosOf(int task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int inBytes(long request) {
    return machine.open(request).inBytes;
  }

  @Override
  public int outBytes(long request) {
    return machine.open(request).outBytes;
  }

  @Override
  public int copyIn(long request, int offset, byte[] target, int targetOffset, int bytes) {
    return machine.copyIn(machine.open(request), offset, target, targetOffset, bytes);
  }

  @Override
  public int copyInToFrame(long request, int offset, int frame, int frameOffset, int bytes) {
    return machine.copyIn(machine.open(request), offset, machine.frame(frame), frameOffset, bytes);
  }

  @Override
  public int copyOut(long request, int offset, byte[] source, int sourceOffset, int bytes) {
    return machine.copyOut(machine.open(request), offset, source, sourceOffset, bytes);
  }

  @Override
  public int copyOutFromFrame(long request, int offset, int frame, int frameOffset, int bytes) {
    return machine.copyOut(machine.open(request), offset, machine.frame(frame), frameOffset, bytes);
  }

  @Override
  public int grantFrame(int grantee, int frame, int offset, int bytes, int rights) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int grantMemory(int grantee, long address, long bytes, int rights) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int revoke(int grant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int safecopyFrom(
      int granter, int grant, long offset, byte[] target, int targetOffset, int bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int safecopyTo(
      int granter, int grant, long offset, byte[] source, int sourceOffset, int bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int frameAllocate() {
    return machine.allocate();
  }

  @Override
  public void frameRetain(int frame) {
    machine.retain(frame);
  }

  @Override
  public void frameGive(int frame) {
    // References are not told apart by who holds them.
  }

  @Override
  public void frameRelease(int frame) {
    machine.releaseFrame(frame);
  }

  @Override
  public int frameReferences(int frame) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void frameCopy(int from, int fromOffset, int to, int toOffset, int bytes) {
    System.arraycopy(machine.frame(from), fromOffset, machine.frame(to), toOffset, bytes);
  }

  @Override
  public void frameRead(int frame, int offset, byte[] target, int targetOffset, int bytes) {
    System.arraycopy(machine.frame(frame), offset, target, targetOffset, bytes);
  }

  @Override
  public void frameWrite(int frame, int offset, byte[] source, int sourceOffset, int bytes) {
    System.arraycopy(source, sourceOffset, machine.frame(frame), offset, bytes);
  }

  @Override
  public void frameZero(int frame, int offset, int bytes) {
    Arrays.fill(machine.frame(frame), offset, offset + bytes, (byte) 0);
  }

  @Override
  public int framesTotal() {
    return machine.framesTotal;
  }

  @Override
  public int framesFree() {
    return machine.framesTotal - machine.frameCount();
  }

  @Override
  public int spaceCreate() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void spaceRetain(int space) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void spaceRelease(int space) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int spaceMap(int space, long page, int frame, int flags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int spaceUnmap(int space, long page, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int spaceProtect(int space, long page, long count, int flags) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int spaceMove(int space, long fromPage, long toPage, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int spaceFrame(int space, long page) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int spaceFlags(int space, long page) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int spaceShare(int parent, int child) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long spaceResident(int space) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int spaceWrite(int space, long address, byte[] source, int sourceOffset, int bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int spaceRead(int space, long address, byte[] target, int targetOffset, int bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int taskSpace(int task, int space) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void keep(StateWriter state) {
    // No server of these tests begins anew.
  }

  @Override
  public Machine machine() {
    throw new UnsupportedOperationException();
  }
}
