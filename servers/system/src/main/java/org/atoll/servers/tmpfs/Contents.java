package org.atoll.servers.tmpfs;

import static org.atoll.abi.Limits.PAGE_BYTES;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;

/**
 * Bytes of regular files: read, write, truncate, fallocate, seek, pages for VM.
 *
 * <p>Invariant: bytes of a frame behind the end of the file are zero, unless a shared mapping wrote
 * them; growing a file zeroes them again.
 */
final class Contents {

  /** Largest file, as Linux has it. */
  static final long BYTES_MAX = Long.MAX_VALUE;

  private static final int KEEP_SIZE = 1;
  private static final int PUNCH_HOLE = 2;
  private static final int SEEK_DATA = 3;
  private static final int SEEK_HOLE = 4;
  private static final int SET_USER_ID = 04000;
  private static final int SET_GROUP_ID = 02000;
  private static final int GROUP_EXECUTE = 0010;
  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final byte[] ZEROS = new byte[PAGE_BYTES];

  private final Volume volume;

  Contents(Volume volume) {
    this.volume = volume;
  }

  /** The errno of a call that needs a regular file on this inode. */
  private static int notRegular(Inode inode) {
    return inode.isDirectory() ? Errno.EISDIR : Errno.EINVAL;
  }

  void read(Turn turn, long request, Inode inode, long offset, long bytes) {
    PageTree pages = inode.pages;
    if (pages == null || offset < 0 || bytes < 0) {
      turn.reply(request, -notRegular(inode));
      return;
    }
    long there = Math.min(Math.min(bytes, turn.kernel().outBytes(request)), inode.size - offset);
    int done = there <= 0 ? 0 : copyOut(turn.kernel(), request, pages, offset, (int) there);
    accessed(turn, inode);
    turn.reply(request, done, inode.size);
  }

  private static int copyOut(
      KernelCalls kernel, long request, PageTree pages, long offset, int bytes) {
    int done = 0;
    while (done < bytes) {
      int within = (int) (offset + done) & PAGE_BYTES - 1;
      int piece = Math.min(bytes - done, PAGE_BYTES - within);
      int frame = pages.get((offset + done) / PAGE_BYTES);
      int copied =
          frame == PageTree.NONE
              ? kernel.copyOut(request, done, ZEROS, 0, piece)
              : kernel.copyOutFromFrame(request, done, frame, within, piece);
      if (copied < 0) {
        return done > 0 ? done : copied;
      }
      done += piece;
    }
    return done;
  }

  /** As {@code relatime} does: not more often than the file changes, or once a day. */
  private static void accessed(Turn turn, Inode inode) {
    long now = turn.kernel().wallNanos();
    if (inode.accessedNanos <= inode.modifiedNanos
        || inode.accessedNanos <= inode.changedNanos
        || inode.accessedNanos + DAY_NANOS <= now) {
      inode.accessedNanos = now;
    }
  }

  void write(Turn turn, long request, Inode inode, long at, long bytes, long flags, long limit) {
    PageTree pages = inode.pages;
    if (pages == null || at < -1 || bytes < 0) {
      turn.reply(request, -notRegular(inode));
      return;
    }
    long offset = at == -1 ? inode.size : at;
    boolean limited = (flags & FsProtocol.LIMITED) != 0;
    long end = limited ? limit : BYTES_MAX;
    long wanted = Math.min(bytes, turn.kernel().inBytes(request));
    if (wanted > 0 && offset >= end) {
      turn.reply(request, -Errno.EFBIG, limited ? 1 : 0);
      return;
    }
    int done =
        fill(turn.kernel(), request, inode, pages, offset, (int) Math.min(wanted, end - offset));
    if (done > 0) {
      inode.size = Math.max(inode.size, offset + done);
      changed(turn, inode, flags);
    }
    turn.reply(request, done, offset + Math.max(done, 0));
  }

  private int fill(
      KernelCalls kernel, long request, Inode inode, PageTree pages, long offset, int bytes) {
    zeroTail(kernel, inode, pages, offset);
    int done = 0;
    while (done < bytes) {
      long page = (offset + done) / PAGE_BYTES;
      int within = (int) (offset + done) & PAGE_BYTES - 1;
      int piece = Math.min(bytes - done, PAGE_BYTES - within);
      int frame = volume.frameToFill(kernel, pages, page);
      int copied =
          frame == PageTree.NONE
              ? -Errno.ENOSPC
              : kernel.copyInToFrame(request, done, frame, within, piece);
      if (copied < 0) {
        return done > 0 ? done : copied;
      }
      done += piece;
    }
    return done;
  }

  /** Before the file grows to or over {@code end}: what a mapping left behind its end goes. */
  private static void zeroTail(KernelCalls kernel, Inode inode, PageTree pages, long end) {
    int within = (int) inode.size & PAGE_BYTES - 1;
    if (end > inode.size && within != 0) {
      int frame = pages.get(inode.size / PAGE_BYTES);
      if (frame != PageTree.NONE) {
        kernel.frameZero(frame, within, PAGE_BYTES - within);
      }
    }
  }

  private void changed(Turn turn, Inode inode, long flags) {
    volume.touchVersion(inode);
    inode.modifiedNanos = turn.kernel().wallNanos();
    inode.changedNanos = inode.modifiedNanos;
    if ((flags & FsProtocol.DROP_SET_ID) != 0) {
      inode.mode &= ~SET_USER_ID;
      if ((inode.mode & GROUP_EXECUTE) != 0) {
        inode.mode &= ~SET_GROUP_ID;
      }
    }
  }

  void truncate(Turn turn, long request, Inode inode, long bytes, long flags, long limit) {
    PageTree pages = inode.pages;
    if (pages == null || bytes < 0) {
      turn.reply(request, -notRegular(inode));
      return;
    }
    if (bytes > inode.size && bytes > limit) {
      turn.reply(request, -Errno.EFBIG, 1);
      return;
    }
    KernelCalls kernel = turn.kernel();
    if (bytes < inode.size) {
      volume.releaseFrom(kernel, inode, pages, pagesIn(bytes), Long.MAX_VALUE);
      zeroFrom(kernel, pages, bytes, PAGE_BYTES);
    } else {
      zeroTail(kernel, inode, pages, bytes);
    }
    inode.size = bytes;
    changed(turn, inode, flags);
    turn.reply(request, 0);
  }

  /** Pages that so many bytes touch. */
  private static long pagesIn(long bytes) {
    return bytes / PAGE_BYTES + (bytes % PAGE_BYTES == 0 ? 0 : 1);
  }

  /** Zeroes the page of {@code offset} from there to {@code endWithin}. */
  private static void zeroFrom(KernelCalls kernel, PageTree pages, long offset, int endWithin) {
    int within = (int) offset & PAGE_BYTES - 1;
    int frame = pages.get(offset / PAGE_BYTES);
    if (frame != PageTree.NONE && within < endWithin && (within != 0 || endWithin != PAGE_BYTES)) {
      kernel.frameZero(frame, within, endWithin - within);
    }
  }

  void fallocate(
      Turn turn, long request, Inode inode, long mode, long offset, long bytes, long limit) {
    PageTree pages = inode.pages;
    if (pages == null) {
      turn.reply(request, -(inode.isDirectory() ? Errno.EISDIR : Errno.ENODEV));
    } else if (offset < 0 || bytes <= 0) {
      turn.reply(request, -Errno.EINVAL);
    } else if (mode == (PUNCH_HOLE | KEEP_SIZE)) {
      punch(turn, inode, pages, offset, bytes > BYTES_MAX - offset ? BYTES_MAX : offset + bytes);
      turn.reply(request, 0);
    } else if (mode != 0 && mode != KEEP_SIZE) {
      turn.reply(request, -Errno.EOPNOTSUPP);
    } else if (bytes > BYTES_MAX - offset) {
      turn.reply(request, -Errno.EFBIG);
    } else if (mode == 0 && offset + bytes > Math.max(inode.size, limit)) {
      turn.reply(request, -Errno.EFBIG, 1);
    } else {
      turn.reply(request, reserve(turn, inode, pages, mode, offset, offset + bytes));
    }
  }

  private void punch(Turn turn, Inode inode, PageTree pages, long start, long end) {
    KernelCalls kernel = turn.kernel();
    long first = pagesIn(start);
    long last = end / PAGE_BYTES;
    if (start / PAGE_BYTES == last) {
      zeroFrom(kernel, pages, start, (int) end & PAGE_BYTES - 1);
    } else {
      if (start % PAGE_BYTES != 0) {
        zeroFrom(kernel, pages, start, PAGE_BYTES);
      }
      zeroFrom(kernel, pages, end / PAGE_BYTES * PAGE_BYTES, (int) end & PAGE_BYTES - 1);
    }
    volume.releaseFrom(kernel, inode, pages, first, last);
    changed(turn, inode, 0);
  }

  /** Makes the frames of a range now; when they are not there, takes back what it made. */
  private int reserve(Turn turn, Inode inode, PageTree pages, long mode, long start, long end) {
    KernelCalls kernel = turn.kernel();
    long first = start / PAGE_BYTES;
    if (pagesIn(end) - first > volume.framesLeft(kernel) + pages.count()) {
      return -Errno.ENOSPC;
    }
    for (long page = first; page < pagesIn(end); page++) {
      if (volume.frameToFill(kernel, pages, page) == PageTree.NONE) {
        return -Errno.ENOSPC;
      }
    }
    if (mode == 0 && end > inode.size) {
      zeroTail(kernel, inode, pages, end);
      inode.size = end;
    }
    changed(turn, inode, 0);
    return 0;
  }

  void seek(Turn turn, long request, Inode inode, long offset, long whence) {
    PageTree pages = inode.pages;
    if (pages == null || whence != SEEK_DATA && whence != SEEK_HOLE) {
      turn.reply(request, -Errno.EINVAL);
    } else if (offset < 0 || offset >= inode.size) {
      turn.reply(request, -Errno.ENXIO);
    } else if (whence == SEEK_HOLE) {
      long at = Math.max(offset, pages.nextHole(offset / PAGE_BYTES) * PAGE_BYTES);
      turn.reply(request, Math.min(at, inode.size));
    } else {
      long page = pages.nextPresent(offset / PAGE_BYTES);
      long at = Math.max(offset, page * PAGE_BYTES);
      turn.reply(request, page < 0 || at >= inode.size ? -Errno.ENXIO : at);
    }
  }

  /** Holes get a frame: what a shared mapping writes there must reach the file. */
  void page(Turn turn, long request, Inode inode, long page, long node) {
    PageTree pages = inode.pages;
    if (pages == null || page < 0 || page >= pagesIn(inode.size)) {
      turn.reply(request, pages == null ? -Errno.ENODEV : -Errno.ENXIO);
      return;
    }
    KernelCalls kernel = turn.kernel();
    int frame = volume.frameToFill(kernel, pages, page);
    if (frame == PageTree.NONE) {
      turn.reply(request, -Errno.ENOMEM);
      return;
    }
    accessed(turn, inode);
    int bytes = (int) Math.min(PAGE_BYTES, inode.size - page * PAGE_BYTES);
    if (node == turn.node()) {
      kernel.frameRetain(frame);
      kernel.frameGive(frame);
      answerPage(turn, request, 1, frame, bytes, inode);
    } else {
      int copied =
          kernel.copyOutFromFrame(
              request, 0, frame, 0, Math.min(PAGE_BYTES, kernel.outBytes(request)));
      answerPage(turn, request, Math.min(copied, 0), 0, bytes, inode);
    }
  }

  private static void answerPage(
      Turn turn, long request, int shared, int frame, int bytes, Inode inode) {
    Message answer =
        FsProtocol.Call.PAGE.encode(turn.scratch(), shared, frame, bytes, inode.version);
    turn.reply(request, answer);
  }
}
