package org.atoll.bench.ipc;

import java.io.IOException;
import org.atoll.bench.AtollCommand;
import org.atoll.bench.CrossBuild;
import org.jspecify.annotations.Nullable;

/** Rounds of a system call of a guest program, in a system that stays. */
final class GuestTrial implements Trial {

  private static final String QEMU = "qemu-riscv64-static";

  /** A call of Atoll's own: it needs another process that answers. */
  static final String SENDREC = "sendrec";

  private static final long NANOS = 700_000_000;

  /** So many rounds before the first that counts. */
  private static final int WARM = 4;

  private final GuestSystem system;
  private final boolean emulated;
  private final String where;
  private final String what;
  private final int samples;

  /** The system has run this before. */
  private boolean warm;

  private GuestTrial(GuestSystem system, boolean emulated, String where, String what, int samples) {
    this.system = system;
    this.emulated = emulated;
    this.where = where;
    this.what = what;
    this.samples = samples;
  }

  /** In a VOS, on one of its nodes. */
  static GuestTrial onNode(int node, GuestSystem vos, String what, int samples) {
    return new GuestTrial(vos, false, "onnode " + node, what, samples);
  }

  /** Under Linux, by qemu-riscv64. */
  static GuestTrial underQemu(GuestSystem linux, String what, int samples) {
    return new GuestTrial(linux, true, "", what, samples);
  }

  @Override
  public @Nullable String missing() {
    if (!CrossBuild.isPossible()) {
      return "no riscv64 compiler: " + CrossBuild.INSTALL;
    }
    return emulated && !AtollCommand.isOnPath(QEMU)
        ? "no " + QEMU + ": apt-get install -y qemu-user-static"
        : null;
  }

  @Override
  public long nanos() {
    return NANOS;
  }

  @Override
  public Burst round() throws IOException, InterruptedException {
    if (!warm) {
      var _ = nanos(WARM * samples);
      warm = true;
    }
    return new Burst(nanos(samples), Double.NaN, Double.NaN);
  }

  private double[] nanos(int count) throws IOException, InterruptedException {
    double[] nanos =
        what.equals(SENDREC)
            ? system.costs().nanosOfCalls(where, count)
            : system.costs().nanos(where, what, count);
    if (nanos.length != count) {
      throw new IOException("the program has printed " + nanos.length + " of " + count + " times");
    }
    return nanos;
  }

  @Override
  public void close() throws IOException {
    system.close();
  }
}
