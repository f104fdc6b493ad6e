package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.List;

/** The caller's end here, the other one on another machine. */
record TwoMachines(Choice choice, OtherHost other) implements Place {

  private static final String HOST = "host";

  @Override
  public String isolation() {
    return HOST;
  }

  @Override
  public String placement(Pinning pinning) {
    return HOST;
  }

  @Override
  public Trial nodes(String row, Pinning pinning) {
    return new HostTrial(new HostRun(other, pinning), row, choice.effort());
  }

  @Override
  public Trial program(String name, int samples, Pinning pinning, String... arguments) {
    return new HostPeerTrial(other, new PeerTrial(name, samples, pinning, arguments));
  }

  @Override
  public List<LoadPoint> load(String transport) throws IOException, InterruptedException {
    Span span = Span.of(transport, HostNode.NODES);
    return LoadCurve.beside(new HostRun(other, choice.pinning()), span);
  }
}
