package org.atoll.libsys.files;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DsProtocol;
import org.atoll.libsys.Ds;
import org.atoll.libsys.Rows;

/** Keeps the state of a {@link Checkpointed} tree in the data store, whenever it is another one. */
final class Checkpoint {

  /** The step of the calls that are made here. */
  static final int KEPT = 1;

  private final Ds ds;

  /** What is kept, or on its way there. */
  private byte[] kept = {};

  Checkpoint(Rows calls) {
    this.ds = new Ds(calls);
  }

  /** After a request: keeps the state if it has changed. */
  void keep(Turn turn, FileTree tree) {
    StateWriter state = new StateWriter();
    tree.save(state);
    byte[] now = state.toBytes();
    byte[] small = now.length > DsProtocol.VALUE_BYTES_MAX ? new byte[0] : now;
    if (!Arrays.equals(small, kept) && ds.checkpoint(turn, small, KEPT)) {
      kept = small;
    }
  }

  /** The data store answered: when it has failed, everything is to be kept again. */
  void answered(long result) {
    if (result == -Errno.EDEADSRCDST) {
      kept = new byte[0];
    }
  }

  void save(StateWriter out) {
    out.writeBytes(kept);
  }

  void load(StateReader in) {
    kept = in.readBytes();
  }
}
