package org.atoll.bench;

import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VfsProtocol;

/**
 * A file server that does nothing but take its words: what remains is decoding and dispatch. One
 * line a call; longer than other classes for the protocol is.
 */
final class WordCounter implements VfsProtocol.Service {

  private long words;

  /** All words so far, in one number that depends on their order. */
  long words() {
    return words;
  }

  private void take(long a, long b, long c, long d) {
    words = words * 31 + a + 3 * b + 5 * c + 7 * d;
  }

  @Override
  public void open(Turn turn, long request, long dirfd, long flags, long mode) {
    take(dirfd, flags, mode, 0);
  }

  @Override
  public void openExec(Turn turn, long request, long dirfd, long flags) {
    take(dirfd, flags, 0, 0);
  }

  @Override
  public void close(Turn turn, long request, long fd) {
    take(fd, 0, 0, 0);
  }

  @Override
  public void closeRange(Turn turn, long request, long first, long last, long flags) {
    take(first, last, flags, 0);
  }

  @Override
  public void read(Turn turn, long request, long fd, long bytes, long offset, long job) {
    take(fd, bytes, offset, job);
  }

  @Override
  public void write(Turn turn, long request, long fd, long bytes, long offset, long job) {
    take(fd, bytes, offset, job);
  }

  @Override
  public void seek(Turn turn, long request, long fd, long offset, long whence) {
    take(fd, offset, whence, 0);
  }

  @Override
  public void stat(Turn turn, long request, long dirfd, long flags) {
    take(dirfd, flags, 0, 0);
  }

  @Override
  public void getdents(Turn turn, long request, long fd, long bytes) {
    take(fd, bytes, 0, 0);
  }

  @Override
  public void pipe(Turn turn, long request, long flags) {
    take(flags, 0, 0, 0);
  }

  @Override
  public void dup(Turn turn, long request, long fd, long least, long flags) {
    take(fd, least, flags, 0);
  }

  @Override
  public void dupTo(Turn turn, long request, long fd, long target, long flags) {
    take(fd, target, flags, 0);
  }

  @Override
  public void fcntl(Turn turn, long request, long fd, long command, long argument) {
    take(fd, command, argument, 0);
  }

  @Override
  public void lock(
      Turn turn,
      long request,
      long fd,
      long command,
      long type,
      long whence,
      long start,
      long bytes) {
    take(fd, command, type, whence + start + bytes);
  }

  @Override
  public void flock(Turn turn, long request, long fd, long operation) {
    take(fd, operation, 0, 0);
  }

  @Override
  public void ioctl(Turn turn, long request, long fd, long operation, long argument, long job) {
    take(fd, operation, argument, job);
  }

  @Override
  public void mkdir(Turn turn, long request, long dirfd, long mode) {
    take(dirfd, mode, 0, 0);
  }

  @Override
  public void mknod(Turn turn, long request, long dirfd, long mode, long device) {
    take(dirfd, mode, device, 0);
  }

  @Override
  public void unlink(Turn turn, long request, long dirfd, long flags) {
    take(dirfd, flags, 0, 0);
  }

  @Override
  public void rename(Turn turn, long request, long fromfd, long tofd, long flags, long fromBytes) {
    take(fromfd, tofd, flags, fromBytes);
  }

  @Override
  public void link(Turn turn, long request, long fromfd, long tofd, long flags, long fromBytes) {
    take(fromfd, tofd, flags, fromBytes);
  }

  @Override
  public void symlink(Turn turn, long request, long dirfd, long targetBytes) {
    take(dirfd, targetBytes, 0, 0);
  }

  @Override
  public void readlink(Turn turn, long request, long dirfd, long bytes) {
    take(dirfd, bytes, 0, 0);
  }

  @Override
  public void chdir(Turn turn, long request) {
    take(0, 0, 0, 0);
  }

  @Override
  public void fchdir(Turn turn, long request, long fd) {
    take(fd, 0, 0, 0);
  }

  @Override
  public void chroot(Turn turn, long request) {
    take(0, 0, 0, 0);
  }

  @Override
  public void getcwd(Turn turn, long request) {
    take(0, 0, 0, 0);
  }

  @Override
  public void umask(Turn turn, long request, long mask) {
    take(mask, 0, 0, 0);
  }

  @Override
  public void access(Turn turn, long request, long dirfd, long mode, long flags) {
    take(dirfd, mode, flags, 0);
  }

  @Override
  public void chmod(Turn turn, long request, long dirfd, long mode, long flags) {
    take(dirfd, mode, flags, 0);
  }

  @Override
  public void chown(Turn turn, long request, long dirfd, long uid, long gid, long flags) {
    take(dirfd, uid, gid, flags);
  }

  @Override
  public void utimes(Turn turn, long request, long dirfd, long access, long modified, long flags) {
    take(dirfd, access, modified, flags);
  }

  @Override
  public void truncate(Turn turn, long request, long bytes) {
    take(bytes, 0, 0, 0);
  }

  @Override
  public void ftruncate(Turn turn, long request, long fd, long bytes) {
    take(fd, bytes, 0, 0);
  }

  @Override
  public void fallocate(Turn turn, long request, long fd, long mode, long offset, long bytes) {
    take(fd, mode, offset, bytes);
  }

  @Override
  public void sync(Turn turn, long request, long fd, long kind) {
    take(fd, kind, 0, 0);
  }

  @Override
  public void statfs(Turn turn, long request, long fd) {
    take(fd, 0, 0, 0);
  }

  @Override
  public void poll(Turn turn, long request, long count, long timeout, long pending) {
    take(count, timeout, 0, 0);
  }

  @Override
  public void mount(
      Turn turn,
      long request,
      long flags,
      long sourceBytes,
      long targetBytes,
      long typeBytes,
      long fs,
      long root) {
    take(flags, sourceBytes, targetBytes, typeBytes);
  }

  @Override
  public void umount(Turn turn, long request, long flags) {
    take(flags, 0, 0, 0);
  }

  @Override
  public void limit(Turn turn, long request, long resource, long value, long task) {
    take(resource, value, task, 0);
  }

  @Override
  public void map(Turn turn, long request, long process, long fd, long protection, long flags) {
    take(process, fd, protection, flags);
  }

  @Override
  public void unmap(Turn turn, long request, long handle) {
    take(handle, 0, 0, 0);
  }

  @Override
  public void descriptors(Turn turn, long request, long pid, long first) {
    take(pid, first, 0, 0);
  }

  @Override
  public void mappedPath(Turn turn, long request, long pid, long handle) {
    take(pid, handle, 0, 0);
  }

  @Override
  public void mounts(Turn turn, long request, long pid, long info) {
    take(pid, info, 0, 0);
  }

  @Override
  public void maker(Turn turn, long request, long pid) {
    take(pid, 0, 0, 0);
  }

  @Override
  public void descriptor(Turn turn, long request, long pid, long fd) {
    take(pid, fd, 0, 0);
  }

  @Override
  public void fork(Turn turn, long request, long parent, long child, long pid) {
    take(parent, child, pid, 0);
  }

  @Override
  public void exec(Turn turn, long request, long process, long uid, long gid, long program) {
    take(process, uid, gid, program);
  }

  @Override
  public void exit(Turn turn, long request, long process) {
    take(process, 0, 0, 0);
  }

  @Override
  public void credentials(Turn turn, long request, long process, long uid, long gid, long count) {
    take(process, uid, gid, count);
  }

  @Override
  public void initProcess(Turn turn, long request, long process, long pid) {
    take(process, pid, 0, 0);
  }
}
