package org.atoll.servers.procfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FileStatus;
import org.atoll.abi.protocol.RegionRecord;

/**
 * The mappings of a process: its regions are asked of VM, piece by piece, then path and device of
 * each file that is mapped, of VFS and its file system. {@link Job#text} has the records.
 */
final class Maps {

  private static final int PATH_COLUMN = 73;
  private static final int KIBIBYTES_PER_PAGE = Limits.PAGE_BYTES / 1_024;
  private static final int MAJOR_SHIFT = 8;
  private static final int MINOR_MASK = 0xff;

  private final Questions questions;
  private final byte[] buffer = new byte[Limits.BUFFER_BYTES_MAX];

  Maps(Questions questions) {
    this.questions = questions;
  }

  /** Somebody answered; whether all is known. What has just ended has nothing more to tell. */
  boolean known(Turn turn, Job job, Step step, Message answer) {
    switch (step) {
      case REGIONS_KNOWN -> {
        int bytes = (int) Math.max(0, answer.w0) * RegionRecord.BYTES;
        turn.answerBytes(0, buffer, 0, bytes);
        job.addText(buffer, bytes);
        if (answer.w0 > 0 && answer.w1 > 0) {
          questions.regions(turn, job, answer.w1);
          return false;
        }
      }
      case PATH_KNOWN -> {
        int bytes = (int) Math.max(0, answer.w0);
        turn.answerBytes(0, buffer, 0, bytes);
        job.files.put(job.file, new String(buffer, 0, bytes, ISO_8859_1));
        int at = recordOf(job, job.file);
        int fs = (int) Job.longField(job.text, at + RegionRecord.FS);
        questions.status(turn, job, fs, Job.longField(job.text, at + RegionRecord.INODE));
        return false;
      }
      default -> {
        byte[] status = new byte[FileStatus.BYTES];
        turn.answerBytes(0, status, 0, status.length);
        long inode = Job.longField(status, FileStatus.INODE);
        job.files.put(job.file, device(status) + " " + inode + " " + job.files.get(job.file));
      }
    }
    return !askNextFile(turn, job);
  }

  private static String device(byte[] status) {
    long device = Job.longField(status, FileStatus.DEVICE);
    return String.format("%02x:%02x", device >> MAJOR_SHIFT, device & MINOR_MASK);
  }

  private static int recordOf(Job job, long handle) {
    int at = 0;
    while (Job.longField(job.text, at + RegionRecord.HANDLE) != handle) {
      at += RegionRecord.BYTES;
    }
    return at;
  }

  private boolean askNextFile(Turn turn, Job job) {
    for (int at = 0; at < job.text.length; at += RegionRecord.BYTES) {
      long handle = Job.longField(job.text, at + RegionRecord.HANDLE);
      if (handle != 0 && !job.files.containsKey(handle)) {
        job.file = handle;
        questions.mappedPath(turn, job, handle);
        return true;
      }
    }
    return false;
  }

  // ---- the text

  /**
   * The lines of maps, or the paragraphs of smaps. A region that came in several records is one
   * again.
   */
  static String text(Job job, boolean sizes) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < job.text.length) {
      int last = at;
      long resident = Job.longField(job.text, at + RegionRecord.RESIDENT);
      long own = Job.longField(job.text, at + RegionRecord.PRIVATE);
      while (goesOn(job.text, last)) {
        last += RegionRecord.BYTES;
        resident += Job.longField(job.text, last + RegionRecord.RESIDENT);
        own += Job.longField(job.text, last + RegionRecord.PRIVATE);
      }
      line(job, text, at, Job.longField(job.text, last + RegionRecord.END));
      if (sizes) {
        long pages =
            Job.longField(job.text, last + RegionRecord.END)
                - Job.longField(job.text, at + RegionRecord.START);
        paragraph(text, pages, resident, own);
      }
      at = last + RegionRecord.BYTES;
    }
    return text.toString();
  }

  /** Whether the next record is of the same region. */
  private static boolean goesOn(byte[] records, int at) {
    int next = at + RegionRecord.BYTES;
    if (next >= records.length) {
      return false;
    }
    long pages =
        Job.longField(records, next + RegionRecord.START)
            - Job.longField(records, at + RegionRecord.START);
    boolean file = Job.longField(records, at + RegionRecord.HANDLE) != 0;
    return same(records, at, RegionRecord.END, next, RegionRecord.START)
        && same(records, at, RegionRecord.FLAGS, next, RegionRecord.FLAGS)
        && same(records, at, RegionRecord.HANDLE, next, RegionRecord.HANDLE)
        && (!file
            || Job.longField(records, at + RegionRecord.OFFSET) + pages
                == Job.longField(records, next + RegionRecord.OFFSET));
  }

  private static boolean same(byte[] records, int at, int field, int next, int nextField) {
    return Job.longField(records, at + field) == Job.longField(records, next + nextField);
  }

  private static void line(Job job, StringBuilder text, int at, long end) {
    byte[] records = job.text;
    long flags = Job.longField(records, at + RegionRecord.FLAGS);
    long handle = Job.longField(records, at + RegionRecord.HANDLE);
    String file = job.files.getOrDefault(handle, "00:00 0 ");
    int blank = file.indexOf(' ', file.indexOf(' ') + 1);
    long offset = handle == 0 ? 0 : Job.longField(records, at + RegionRecord.OFFSET);
    String line =
        String.format(
            "%08x-%08x %s %08x %s ",
            Job.longField(records, at + RegionRecord.START) * Limits.PAGE_BYTES,
            end * Limits.PAGE_BYTES,
            rights(flags),
            offset * Limits.PAGE_BYTES,
            file.substring(0, blank));
    String name = handle == 0 ? name(flags) : file.substring(blank + 1);
    text.append(line);
    if (!name.isEmpty()) {
      text.append(" ".repeat(Math.max(0, PATH_COLUMN - line.length()))).append(name);
    }
    text.append('\n');
  }

  private static String name(long flags) {
    if ((flags & RegionRecord.STACK) != 0) {
      return "[stack]";
    }
    return (flags & RegionRecord.HEAP) != 0 ? "[heap]" : "";
  }

  private static String rights(long flags) {
    return ((flags & KernelCalls.PAGE_READ) != 0 ? "r" : "-")
        + ((flags & KernelCalls.PAGE_WRITE) != 0 ? "w" : "-")
        + ((flags & KernelCalls.PAGE_EXECUTE) != 0 ? "x" : "-")
        + ((flags & RegionRecord.SHARED) != 0 ? "s" : "p");
  }

  /** A page that others have too counts for all of them in Rss, and for none in Private. */
  private static void paragraph(StringBuilder text, long pages, long resident, long own) {
    size(text, "Size:", pages);
    size(text, "KernelPageSize:", 1);
    size(text, "MMUPageSize:", 1);
    size(text, "Rss:", resident);
    size(text, "Shared_Clean:", resident - own);
    size(text, "Shared_Dirty:", 0);
    size(text, "Private_Clean:", 0);
    size(text, "Private_Dirty:", own);
    size(text, "Swap:", 0);
  }

  private static void size(StringBuilder text, String name, long pages) {
    text.append(String.format("%-15s %8d kB\n", name, pages * KIBIBYTES_PER_PAGE));
  }
}
