package org.atoll.libsys.files;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;

/** A file system that is one tree: it makes no volumes, and there are no options for it. */
public interface OneTree extends FsProtocol.Service {

  @Override
  default void volume(Turn turn, long request) {
    turn.reply(request, -Errno.ENODEV);
  }

  @Override
  default void remount(Turn turn, long request, long inode) {
    turn.reply(request, turn.kernel().inBytes(request) > 0 ? -Errno.EINVAL : 0);
  }
}
