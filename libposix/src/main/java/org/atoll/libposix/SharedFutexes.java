package org.atoll.libposix;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.VmProtocol;

/**
 * Futexes in memory that processes share: VM has the rows of who waits. Private memory is none of
 * its business.
 */
final class SharedFutexes {

  private static final int FUTEX_PRIVATE = 0x80;

  private SharedFutexes() {}

  /** Whether others may wait at the word of this call's address, which is present. */
  static boolean concerns(Call c, long address) {
    return !isPrivate(c) && c.guest().machine().shared(address);
  }

  /** Whether the call says that no other process waits there. */
  static boolean isPrivate(Call c) {
    return c.number() == Futexes.NUMBER && (c.intArg(1) & FUTEX_PRIVATE) != 0;
  }

  /** Waits; VM compares. */
  static long await(Call c, int bits) {
    Futexes.startClock(c);
    return c.attempt(
        Role.VM,
        VmProtocol.Call.FUTEX_WAIT.encode(
            c.message(), c.arg(0), c.intArg(2), Integer.toUnsignedLong(bits)));
  }

  /** The wait is over. */
  static long awaited(Call c) {
    c.cancelSleep();
    return c.answer(0) == -Errno.EINTR ? Futexes.interrupted(c) : c.answer(0);
  }

  /** Wakes up to {@code most}, at least one: how many is the call's result. */
  static long wake(Call c, long address, int most, int bits) {
    return c.attempt(Role.VM, message(c, address, most, bits));
  }

  /** Wakes, and does not wait to hear how many. */
  static void tell(Call c, long address, int most, int bits) {
    c.turn().call(c.turn().role(Role.VM), message(c, address, most, bits));
  }

  // ---- locks whose word names the owner

  /** Takes a lock, or waits for it: VM looks and writes. */
  static long lock(Call c) {
    Futexes.startClock(c);
    return c.attempt(Role.VM, lockMessage(c, 1));
  }

  /** The lock is the thread's, or the wait is over without it. */
  static long locked(Call c) {
    c.cancelSleep();
    return c.answer(0) == -Errno.EINTR ? Futexes.lockInterrupted(c) : c.answer(0);
  }

  /** Takes a lock if it is free. */
  static long tryLock(Call c) {
    return c.pass(Role.VM, lockMessage(c, 0));
  }

  private static Message lockMessage(Call c, int waits) {
    return VmProtocol.Call.FUTEX_LOCK.encode(c.message(), c.arg(0), c.thread().id, waits);
  }

  /** Gives up a lock. */
  static long unlock(Call c) {
    return c.pass(
        Role.VM, VmProtocol.Call.FUTEX_UNLOCK.encode(c.message(), c.arg(0), c.thread().id, 0));
  }

  /** A lock's owner is over; nobody waits to hear what becomes of it. */
  static void tellLeft(Call c, long address) {
    Message m = VmProtocol.Call.FUTEX_UNLOCK.encode(c.message(), address, c.thread().id, 1);
    c.turn().call(c.turn().role(Role.VM), m);
  }

  private static Message message(Call c, long address, int most, int bits) {
    return VmProtocol.Call.FUTEX_WAKE.encode(
        c.message(), address, Math.max(1, most), Integer.toUnsignedLong(bits));
  }

  /** Wakes at one word and moves others to the second. */
  static long requeue(Call c, long second) {
    return c.attempt(
        Role.VM,
        VmProtocol.Call.FUTEX_REQUEUE.encode(
            c.message(), c.arg(0), c.intArg(2), second, c.intArg(3)));
  }
}
