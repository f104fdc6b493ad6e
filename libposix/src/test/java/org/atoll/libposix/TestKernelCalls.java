package org.atoll.libposix;

import org.atoll.abi.KernelCalls;
import org.atoll.abi.Machine;
import org.atoll.abi.StateWriter;

/** The kernel calls that a process makes; it may make no others. */
final class TestKernelCalls implements KernelCalls {

  private final TestTurn turn;

  TestKernelCalls(TestTurn turn) {
    this.turn = turn;
  }

  @Override
  public long nowNanos() {
    return turn.now;
  }

  @Override
  public long wallNanos() {
    return turn.wall;
  }

  @Override
  public void random(byte[] target, int offset, int bytes) {
    java.util.Arrays.fill(target, offset, offset + bytes, (byte) 7);
  }

  @Override
  public void setAlarm(long tag, long delayNanos) {
    turn.alarms.put(tag, turn.now + delayNanos);
  }

  @Override
  public void cancelAlarm(long tag) {
    turn.alarms.remove(tag);
  }

  @Override
  public long retiredBy(int task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long userNanosOf(int task) {
    return turn.cpu;
  }

  @Override
  public void giveWay() {}

  @Override
  public long cpuNanosOf(int task) {
    return turn.cpu;
  }

  @Override
  public int inBytes(long request) {
    return turn.request.length;
  }

  @Override
  public int outBytes(long request) {
    return turn.out.length;
  }

  @Override
  public int copyIn(long request, int offset, byte[] target, int targetOffset, int bytes) {
    System.arraycopy(turn.request, offset, target, targetOffset, bytes);
    return bytes;
  }

  @Override
  public int copyInToFrame(long request, int offset, int frame, int frameOffset, int bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int copyOut(long request, int offset, byte[] source, int sourceOffset, int bytes) {
    System.arraycopy(source, sourceOffset, turn.out, offset, bytes);
    return bytes;
  }

  @Override
  public int copyOutFromFrame(long request, int offset, int frame, int frameOffset, int bytes) {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }

  @Override
  public void frameRetain(int frame) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void frameGive(int frame) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void frameRelease(int frame) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int frameReferences(int frame) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void frameCopy(int from, int fromOffset, int to, int toOffset, int bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void frameRead(int frame, int offset, byte[] target, int targetOffset, int bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void frameWrite(int frame, int offset, byte[] source, int sourceOffset, int bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void frameZero(int frame, int offset, int bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int framesTotal() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int framesFree() {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }

  @Override
  public Machine machine() {
    return turn.machine;
  }
}
