package org.atoll.servers.vfs;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/**
 * A file that VM has mapped: keeps the inode.
 *
 * @param vnode the file, referenced
 * @param ofProgram whether it is a running program's, which nobody may write
 */
record Mapping(Vnode vnode, boolean ofProgram) {

  void save(StateWriter out, VfsState state) {
    state.saveVnode(out, vnode);
    out.writeBoolean(ofProgram);
  }

  static Mapping load(StateReader in, VfsState state) {
    Vnode vnode = state.needVnode(in);
    return new Mapping(vnode, in.readBoolean());
  }
}
