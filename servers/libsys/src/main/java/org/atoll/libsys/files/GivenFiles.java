package org.atoll.libsys.files;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;

/**
 * A file system whose files are given by something else than its users: what would make, change or
 * map one is refused as Linux refuses it there. What a file system does allow it overrides.
 */
public interface GivenFiles extends OneTree {

  @Override
  default void create(
      Turn turn, long request, long directory, long mode, long uid, long gid, long device) {
    turn.reply(request, -Errno.EPERM);
  }

  @Override
  default void symlink(Turn turn, long request, long directory, long uid, long gid, long bytes) {
    turn.reply(request, -Errno.EPERM);
  }

  @Override
  default void link(Turn turn, long request, long directory, long inode) {
    turn.reply(request, -Errno.EPERM);
  }

  @Override
  default void unlink(Turn turn, long request, long directory, long flags) {
    turn.reply(request, -Errno.EPERM);
  }

  @Override
  default void rename(Turn turn, long request, long from, long to, long flags, long fromBytes) {
    turn.reply(request, -Errno.EPERM);
  }

  @Override
  default void setattr(
      Turn turn, long request, long inode, long mask, long mode, long uid, long gid) {
    turn.reply(request, -Errno.EPERM);
  }

  @Override
  default void utimes(Turn turn, long request, long inode, long access, long modified) {
    turn.reply(request, -Errno.EPERM);
  }

  @Override
  default void readlink(Turn turn, long request, long inode, long bytes) {
    turn.reply(request, -Errno.EINVAL);
  }

  @Override
  default void write(
      Turn turn, long request, long inode, long offset, long bytes, long flags, long limit) {
    turn.reply(request, -Errno.EINVAL);
  }

  @Override
  default void truncate(Turn turn, long request, long inode, long bytes, long flags, long limit) {
    turn.reply(request, -Errno.EINVAL);
  }

  @Override
  default void fallocate(
      Turn turn, long request, long inode, long mode, long offset, long bytes, long limit) {
    turn.reply(request, -Errno.EOPNOTSUPP);
  }

  @Override
  default void seek(Turn turn, long request, long inode, long offset, long whence) {
    turn.reply(request, -Errno.EINVAL);
  }

  /** Contents that may be others at every read are not mapped. */
  @Override
  default void page(Turn turn, long request, long inode, long page, long node) {
    turn.reply(request, -Errno.ENXIO);
  }

  @Override
  default void version(Turn turn, long request, long inode) {
    turn.reply(request, 0, 0);
  }
}
