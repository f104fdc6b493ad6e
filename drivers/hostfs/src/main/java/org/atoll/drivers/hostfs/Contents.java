package org.atoll.drivers.hostfs;

import static org.atoll.abi.Limits.PAGE_BYTES;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.hypercall.FolderStatus;
import org.atoll.hypercall.SharedFolder;

/** Bytes of regular files: read, write, truncate, fallocate, seek, pages for VM. */
final class Contents {

  private static final int WITHOUT_SIZE = 3;

  private final SharedFolder folder;
  private final Inodes inodes;
  private final Attributes attributes;
  private final byte[] buffer = new byte[SharedFolder.BYTES_MAX];
  private final long[] end = new long[1];

  Contents(SharedFolder folder, Inodes inodes, Attributes attributes) {
    this.folder = folder;
    this.inodes = inodes;
    this.attributes = attributes;
  }

  /** The handle of a regular file, or a negated errno. */
  private long regular(Inode inode) {
    if (inode.isRegular()) {
      return inodes.handle(inode);
    }
    return inode.isDirectory() ? -Errno.EISDIR : -Errno.EACCES;
  }

  void read(Turn turn, long request, Inode inode, long offset, long bytes) {
    long handle = regular(inode);
    if (handle < 0 || offset < 0 || bytes < 0) {
      turn.reply(request, handle < 0 ? handle : -Errno.EINVAL);
      return;
    }
    int room = Math.min(turn.kernel().outBytes(request), buffer.length);
    int wanted = (int) Math.min(bytes, room);
    int got = folder.read(handle, offset, buffer, wanted);
    int copied = got <= 0 ? got : turn.kernel().copyOut(request, 0, buffer, 0, got);
    turn.reply(request, copied, got < wanted ? offset + Math.max(got, 0) : size(inode));
  }

  private long size(Inode inode) {
    return attributes.look(inode) < 0 ? 0 : attributes.last()[FolderStatus.SIZE];
  }

  void write(
      Turn turn, long request, Inode inode, long offset, long bytes, long flags, long limit) {
    long handle = regular(inode);
    if (handle < 0 || offset < -1 || bytes < 0) {
      turn.reply(request, handle < 0 ? handle : -Errno.EINVAL);
      return;
    }
    boolean limited = (flags & FsProtocol.LIMITED) != 0;
    long start = limited && offset < 0 ? size(inode) : offset;
    long most = Math.min(bytes, Math.min(turn.kernel().inBytes(request), buffer.length));
    if (limited && most > 0 && start >= limit) {
      turn.reply(request, -Errno.EFBIG, 1);
      return;
    }
    int wanted = (int) (limited ? Math.min(most, limit - start) : most);
    int copied = turn.kernel().copyIn(request, 0, buffer, 0, wanted);
    int done = copied <= 0 ? copied : folder.write(handle, offset, buffer, copied, end);
    if (done > 0 && (flags & FsProtocol.DROP_SET_ID) != 0) {
      attributes.dropSetId(inode);
    }
    turn.reply(request, done, done > 0 ? end[0] : 0);
  }

  void truncate(Turn turn, long request, Inode inode, long bytes, long flags, long limit) {
    long handle = inode.isRegular() || inode.isDirectory() ? regular(inode) : -Errno.EINVAL;
    if (handle < 0 || bytes < 0) {
      turn.reply(request, handle < 0 ? handle : -Errno.EINVAL);
    } else if (bytes > limit && bytes > size(inode)) {
      turn.reply(request, -Errno.EFBIG, 1);
    } else {
      int result = folder.truncate(handle, bytes);
      if (result == 0 && (flags & FsProtocol.DROP_SET_ID) != 0) {
        attributes.dropSetId(inode);
      }
      turn.reply(request, result);
    }
  }

  void fallocate(
      Turn turn, long request, Inode inode, long mode, long offset, long bytes, long limit) {
    long handle = inode.isRegular() ? inodes.handle(inode) : -Errno.ENODEV;
    if (handle < 0) {
      turn.reply(request, inode.isDirectory() ? -Errno.EISDIR : handle);
    } else if (offset < 0 || bytes <= 0) {
      turn.reply(request, -Errno.EINVAL);
    } else if ((mode & ~WITHOUT_SIZE) != 0) {
      turn.reply(request, -Errno.EOPNOTSUPP);
    } else if (bytes > Long.MAX_VALUE - offset) {
      turn.reply(request, -Errno.EFBIG);
    } else if (mode == 0 && offset + bytes > limit && offset + bytes > size(inode)) {
      turn.reply(request, -Errno.EFBIG, 1);
    } else {
      turn.reply(request, folder.allocate(handle, (int) mode, offset, bytes));
    }
  }

  void seek(Turn turn, long request, Inode inode, long offset, long whence) {
    long handle = inode.isRegular() ? inodes.handle(inode) : -Errno.EINVAL;
    turn.reply(request, handle < 0 ? handle : folder.seek(handle, offset, (int) whence));
  }

  /**
   * A page is a copy: on this node in a frame of its own that VM takes over, for another one in the
   * out-buffer. Its version is from before it was read, so a change in between is seen next time.
   */
  void page(Turn turn, long request, Inode inode, long page, long node) {
    long result = inode.isRegular() ? attributes.look(inode) : -Errno.ENODEV;
    long left = attributes.last()[FolderStatus.SIZE] - page * PAGE_BYTES;
    long version = Attributes.version(attributes.last());
    if (result < 0 || page < 0 || left <= 0) {
      turn.reply(request, result < 0 ? result : -Errno.ENXIO);
      return;
    }
    int got = folder.read(inode.handle, page * PAGE_BYTES, buffer, PAGE_BYTES);
    if (got < 0) {
      turn.reply(request, got);
      return;
    }
    Arrays.fill(buffer, got, PAGE_BYTES, (byte) 0);
    int bytes = (int) Math.min(left, PAGE_BYTES);
    if (node == turn.node()) {
      answerFrame(turn, request, bytes, version);
    } else {
      int room = Math.min(PAGE_BYTES, turn.kernel().outBytes(request));
      int copied = turn.kernel().copyOut(request, 0, buffer, 0, room);
      answer(turn, request, Math.min(copied, 0), 0, bytes, version);
    }
  }

  private void answerFrame(Turn turn, long request, int bytes, long version) {
    KernelCalls kernel = turn.kernel();
    int frame = kernel.frameAllocate();
    if (frame < 0) {
      turn.reply(request, -Errno.ENOMEM);
      return;
    }
    kernel.frameWrite(frame, 0, buffer, 0, PAGE_BYTES);
    kernel.frameGive(frame);
    answer(turn, request, 1, frame, bytes, version);
  }

  private static void answer(
      Turn turn, long request, long shared, long frame, long bytes, long version) {
    Message m = FsProtocol.Call.PAGE.encode(turn.scratch(), shared, frame, bytes, version);
    turn.reply(request, m);
  }

  void version(Turn turn, long request, Inode inode) {
    long result = attributes.look(inode);
    if (result < 0) {
      turn.reply(request, result);
    } else {
      long[] status = attributes.last();
      turn.reply(request, Attributes.version(status), status[FolderStatus.SIZE], 1);
    }
  }
}
