package org.atoll.image;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.atoll.image.debian.Downloads;

/**
 * The files of the store that are being written, and do not have their names yet. Whoever writes
 * some holds them; whoever finds that nobody does removes what a killed process has left.
 */
final class UnfinishedFiles {

  private UnfinishedFiles() {}

  /** A new one, empty. */
  static Path create(Path folder) throws IOException {
    return Files.createTempFile(folder, Downloads.UNFINISHED, "");
  }

  /** Keeps others from removing them, until it is closed or the process ends. */
  static Closeable hold(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(".unfinished.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      FileLock alone = channel.tryLock();
      if (alone != null) {
        sweep(folder);
        sweep(folder.resolve("downloads"));
        alone.release();
      }
      channel.lock(0, Long.MAX_VALUE, true);
    } catch (OverlappingFileLockException held) {
      // By another thread of this process, which holds them for all of it.
    }
    return channel;
  }

  private static void sweep(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(Downloads.UNFINISHED)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
