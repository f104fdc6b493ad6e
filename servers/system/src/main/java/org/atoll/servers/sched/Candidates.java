package org.atoll.servers.sched;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.sched.Candidate;
import org.atoll.libsys.sched.Share;

/** How candidates are saved. */
final class Candidates {

  private Candidates() {}

  static void save(StateWriter out, int task, Candidate process) {
    Share share = process.share();
    out.writeInt(task).writeInt(process.pid()).writeInt(process.parent()).writeInt(process.node());
    out.writeString(process.name()).writeInt(process.nice());
    out.writeInt(process.policy()).writeInt(process.priority());
    out.writeInt(share.level()).writeInt(share.weight());
    out.writeInt(share.quantum()).writeInt(share.allowance());
  }

  static Candidate load(StateReader in) {
    return new Candidate(
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readString(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        new Share(in.readInt(), in.readInt(), in.readInt(), in.readInt()));
  }
}
