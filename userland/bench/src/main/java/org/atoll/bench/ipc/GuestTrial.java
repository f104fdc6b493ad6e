package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.atoll.bench.AtollCommand;
import org.atoll.bench.CrossBuild;
import org.jspecify.annotations.Nullable;

/** Rounds of a system call of a guest program: in a VOS, or under qemu-riscv64 on this machine. */
final class GuestTrial implements Trial {

  static final String QEMU = "qemu-riscv64-static";

  /** A call of Atoll's own: it needs another process that answers. */
  static final String SENDREC = "sendrec";

  private static final long NANOS = 700_000_000;

  /** So many rounds before the first that counts. */
  private static final int WARM = 4;

  private final GuestVos vos;
  private final @Nullable String where;
  private final String what;
  private final int samples;
  private final Pinning pinning;

  /** The VOS has run this before. */
  private boolean warm;

  private GuestTrial(
      GuestVos vos, @Nullable String where, String what, int samples, Pinning pinning) {
    this.vos = vos;
    this.where = where;
    this.what = what;
    this.samples = samples;
    this.pinning = pinning;
  }

  /** In a VOS, on one of its nodes. */
  static GuestTrial onNode(int node, GuestVos vos, String what, int samples) {
    return new GuestTrial(vos, "onnode " + node, what, samples, Pinning.SAME_CORE);
  }

  /** Under Linux. */
  static GuestTrial underQemu(GuestVos vos, String what, int samples, Pinning pinning) {
    return new GuestTrial(vos, null, what, samples, pinning);
  }

  @Override
  public @Nullable String missing() {
    if (!CrossBuild.isPossible()) {
      return "no riscv64 compiler: " + CrossBuild.INSTALL;
    }
    return where == null && !AtollCommand.isOnPath(QEMU)
        ? "no " + QEMU + ": apt-get install -y qemu-user-static"
        : null;
  }

  @Override
  public long nanos() {
    return NANOS;
  }

  @Override
  public Burst round() throws IOException, InterruptedException {
    if (where != null && !warm) {
      var _ = inVos(where, WARM * samples);
      warm = true;
    }
    double[] nanos = where == null ? underQemu() : inVos(where, samples);
    return new Burst(nanos, Double.NaN, Double.NaN);
  }

  private double[] inVos(String at, int count) throws IOException, InterruptedException {
    return what.equals(SENDREC)
        ? vos.costs().nanosOfCalls(at, count)
        : vos.costs().nanos(at, what, count);
  }

  private double[] underQemu() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(pinning.prefix());
    command.addAll(List.of(QEMU, vos.program().toString(), what, Integer.toString(samples)));
    return Numbers.printedBy(command);
  }

  @Override
  public void close() throws IOException {
    vos.close();
  }
}
