package org.atoll.bench.ipc;

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
    return new HostTrial(other, row, pinning, choice.effort());
  }

  @Override
  public Trial program(String name, int samples, Pinning pinning, String... arguments) {
    return new HostPeerTrial(other, new PeerTrial(name, samples, pinning, arguments));
  }
}
