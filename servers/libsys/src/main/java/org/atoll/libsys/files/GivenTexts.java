package org.atoll.libsys.files;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;

/**
 * A file system of texts that are made when they are read, as /proc and /sys are: a name that is
 * not there cannot be made, and what has no writer cannot be written.
 */
public interface GivenTexts extends GivenFiles {

  @Override
  default void create(
      Turn turn, long request, long directory, long mode, long uid, long gid, long device) {
    turn.reply(request, -Errno.ENOENT);
  }

  @Override
  default void symlink(Turn turn, long request, long directory, long uid, long gid, long bytes) {
    turn.reply(request, -Errno.ENOENT);
  }

  @Override
  default void link(Turn turn, long request, long directory, long inode) {
    turn.reply(request, -Errno.ENOENT);
  }

  @Override
  default void write(
      Turn turn, long request, long inode, long offset, long bytes, long flags, long limit) {
    turn.reply(request, -Errno.EIO);
  }

  /** As in Linux: sizes are 0 and stay so. */
  @Override
  default void truncate(Turn turn, long request, long inode, long bytes, long flags, long limit) {
    turn.reply(request, 0);
  }
}
