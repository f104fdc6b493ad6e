package org.atoll.bench.ipc;

import java.io.IOException;
import java.nio.file.Path;
import org.atoll.bench.CrossBuild;
import org.atoll.bench.Folders;
import org.jspecify.annotations.Nullable;

/** The program that measures system calls, for riscv64: built when it is first needed. */
final class GuestProgram implements AutoCloseable {

  private static final String NAME = "costs";

  private @Nullable Path folder;
  private @Nullable Path program;

  Path path() throws IOException, InterruptedException {
    Path built = program;
    if (built == null) {
      Path made = Folders.make();
      folder = made;
      built = new CrossBuild(made).guestWithLibrary(NAME);
      program = built;
    }
    return built;
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      Folders.delete(folder);
    }
    folder = null;
    program = null;
  }
}
