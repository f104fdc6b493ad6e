package org.atoll.libsys.files;

import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.abi.protocol.Protocols;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;

/**
 * The server around a {@link FileTree}: file system calls are answered by what the tree says, all
 * others are the tree's own protocol.
 */
public final class FileServer implements Server {

  private static final int VERSION = 2;

  private final FileTree tree;
  private final Inodes inodes = new Inodes();
  private final Rows calls = new Rows();
  private final FileCalls files;
  private final Checkpoint checkpoint = new Checkpoint(calls);

  public FileServer(FileTree tree) {
    this.tree = tree;
    this.files = new FileCalls(tree, inodes);
  }

  @Override
  public Rows calls() {
    return calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    int range = m.type & -Protocols.Protocol.NUMBERS;
    if (range == FsProtocol.Call.LOOKUP.number()) {
      FsProtocol.dispatch(files, turn, request, m);
    } else {
      tree.request(turn, request, m);
    }
    if (tree instanceof Checkpointed) {
      checkpoint.keep(turn, tree);
    }
  }

  /** Holds are also given back one-way. */
  @Override
  public void message(Turn turn, Message m) {
    if (m.type == FsProtocol.Call.PUT.number()) {
      inodes.put(m.w0, m.w1);
    }
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    checkpoint.answered(answer.w0);
  }

  @Override
  public void cancelled(Turn turn, long request) {
    // Every request is answered in its own turn.
  }

  @Override
  public void save(StateWriter out) {
    out.version(VERSION);
    inodes.save(out);
    checkpoint.save(out);
    tree.save(out);
  }

  @Override
  public void load(StateReader in) {
    in.version(VERSION);
    inodes.load(in);
    checkpoint.load(in);
    tree.load(in);
  }

  /** Inodes are found again by their paths. */
  @Override
  public void restore(StateReader in) {
    tree.load(in);
  }
}
