package org.atoll.hypercall.cpu;

/**
 * A hart: the registers of one thread of a guest process, as plain data that can be copied, saved
 * and moved.
 *
 * <p>Owner: the engine during a run; whoever handles the process's traps otherwise. The flag by
 * which another CPU will ask a running hart to stop (for a change of a shared address space)
 * belongs here, read by engines where they count the quantum; the harts of one process run one
 * after the other (ADR 10), so nobody sets one, and it is not there yet.
 */
public final class Hart {
  /** No reservation: an address that no user has. */
  public static final long NO_RESERVATION = -1;

  /** Number of integer registers, and of floating-point registers. */
  public static final int REGISTERS = 32;

  /**
   * Integer registers 0 to 31. Entry 0 is always 0. Entries from 32 on are the engine's (32 takes
   * what is written to x0) and no part of the state; the length lets an engine mask its index.
   */
  public final long[] x = new long[2 * REGISTERS];

  /** Floating-point registers as raw bits; a single is NaN-boxed. */
  public final long[] f = new long[REGISTERS];

  public long pc;

  /** Accrued exceptions (bits 0 to 4: NX, UF, OF, DZ, NV) and rounding mode (bits 5 to 7). */
  public int fcsr;

  /** Address that {@code lr} reserved, or {@link #NO_RESERVATION}. */
  public long reservationAddress = NO_RESERVATION;

  /** What {@code lr} read there; {@code sc} succeeds when it is still so. */
  public long reservationValue;

  /** The faulting address or the illegal instruction's bits of the last trap that has one. */
  public long trapValue;

  /** Instructions retired since the hart began. {@code cycle} and {@code time} show it as well. */
  public long retired;

  /** Makes this hart's state the same as another's. */
  public void copyFrom(Hart other) {
    System.arraycopy(other.x, 0, x, 0, REGISTERS);
    System.arraycopy(other.f, 0, f, 0, REGISTERS);
    pc = other.pc;
    fcsr = other.fcsr;
    reservationAddress = other.reservationAddress;
    reservationValue = other.reservationValue;
    trapValue = other.trapValue;
    retired = other.retired;
  }

  /** Drops the reservation, so that the next {@code sc} fails: on every switch between harts. */
  public void dropReservation() {
    reservationAddress = NO_RESERVATION;
  }
}
