package org.atoll.servers.procfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.ProcessRecord;

/** Answers that end a job: entries, attributes, names. */
final class Answers {

  private static final long PROC_MAGIC = 0x9fa0;
  private static final long SYSFS_MAGIC = 0x6265_6572;
  private static final int STATFS_BYTES = 120;

  /** What Linux says that a link to a descriptor has. */
  private static final int DESCRIPTOR_LINK_BYTES = 64;

  private static final int ACCESS_MODE = 3;
  private static final int WRITE_ONLY = 1;

  private final State state;
  private final long device;
  private final long sysfsDevice;
  private final byte[] buffer = new byte[STATFS_BYTES];

  Answers(State state, long device, long sysfsDevice) {
    this.state = state;
    this.device = device;
    this.sysfsDevice = sysfsDevice;
  }

  /** An entry; holds the inode once more. */
  void entry(Turn turn, Job job, Entry entry) {
    state.hold(job.inode);
    Message m = turn.scratch();
    long link = entry.device(job.inode);
    m.set(0, job.inode, mode(job, entry), 0, uid(job, entry), gid(job, entry), link, 0);
    finish(turn, job, m);
  }

  /** A link to a descriptor shows how it was opened. */
  private static int mode(Job job, Entry entry) {
    if (entry != Entry.DESCRIPTOR) {
      return entry.mode;
    }
    return entry.mode
        | switch (job.descriptorFlags & ACCESS_MODE) {
          case 0 -> 0500;
          case WRITE_ONLY -> 0300;
          default -> 0700;
        };
  }

  /** What belongs to a process is its effective user's. */
  private static long uid(Job job, Entry entry) {
    return entry.isOfProcess() ? job.field(ProcessRecord.UID) & 0xffff_ffffL : 0;
  }

  private static long gid(Job job, Entry entry) {
    return entry.isOfProcess() ? job.field(ProcessRecord.GID) & 0xffff_ffffL : 0;
  }

  void stat(Turn turn, Job job, Entry entry) {
    long now = turn.kernel().wallNanos();
    Arrays.fill(buffer, (byte) 0);
    put(FileStatus.DEVICE, entry.isOfSysfs() ? sysfsDevice : device);
    put(FileStatus.INODE, job.inode);
    put(FileStatus.MODE, mode(job, entry) | (entry.isDirectory() ? 2L : 1L) << 32);
    put(FileStatus.UID, uid(job, entry) | gid(job, entry) << 32);
    put(FileStatus.SIZE, entry == Entry.DESCRIPTOR ? DESCRIPTOR_LINK_BYTES : 0);
    put(FileStatus.ACCESSED, now);
    put(FileStatus.MODIFIED, now);
    put(FileStatus.CHANGED, now);
    put(FileStatus.BORN, now);
    state.jobs.remove(job.request);
    answer(turn, job.request, FileStatus.BYTES);
  }

  /** Fields of the riscv64 struct statfs: type, block size; nothing takes room. */
  void statfs(Turn turn, long request, boolean ofSysfs) {
    Arrays.fill(buffer, (byte) 0);
    put(0, ofSysfs ? SYSFS_MAGIC : PROC_MAGIC);
    put(8, Limits.PAGE_BYTES);
    put(56, ofSysfs ? sysfsDevice : device);
    put(64, Limits.NAME_BYTES_MAX);
    put(72, Limits.PAGE_BYTES);
    answer(turn, request, STATFS_BYTES);
  }

  private void answer(Turn turn, long request, int bytes) {
    if (turn.kernel().outBytes(request) < bytes) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    turn.reply(request, Math.min(0, turn.kernel().copyOut(request, 0, buffer, 0, bytes)));
  }

  private void put(int at, long value) {
    for (int i = 0; i < 8; i++) {
      buffer[at + i] = (byte) (value >>> 8 * i);
    }
  }

  void result(Turn turn, Job job, long result) {
    state.jobs.remove(job.request);
    turn.reply(job.request, result);
  }

  /** A text in the out-buffer, as far as there is room for it. */
  void text(Turn turn, Job job, String text) {
    state.jobs.remove(job.request);
    byte[] bytes = text.getBytes(ISO_8859_1);
    int count = Math.min(bytes.length, turn.kernel().outBytes(job.request));
    int copied = turn.kernel().copyOut(job.request, 0, bytes, 0, count);
    turn.reply(job.request, copied < 0 ? copied : count, 0);
  }

  private void finish(Turn turn, Job job, Message answer) {
    state.jobs.remove(job.request);
    turn.reply(job.request, answer);
  }
}
