package org.atoll.hypercall;

/** A shared folder behind the gate: each hypercall is checked, counted and shown. */
final class GuardedFolder implements SharedFolder {

  private final Hypercalls gate;
  private final Caller by;
  private final SharedFolder folder;

  GuardedFolder(Hypercalls gate, Caller by, SharedFolder folder) {
    this.gate = gate;
    this.by = by;
    this.folder = folder;
  }

  /** Hypercall FOLDER_ROOT. */
  @Override
  public long root(long[] status) {
    int refusal = gate.enter(by, Hypercall.FOLDER_ROOT);
    long result = refusal < 0 ? refusal : folder.root(status);
    return gate.over(by, Hypercall.FOLDER_ROOT, 0, result);
  }

  /** Hypercall FOLDER_LOOKUP. */
  @Override
  public long lookup(long directory, byte[] name, long[] status) {
    int refusal = gate.enter(by, Hypercall.FOLDER_LOOKUP);
    long result = refusal < 0 ? refusal : folder.lookup(directory, name, status);
    return gate.over(by, Hypercall.FOLDER_LOOKUP, directory, result);
  }

  /** Hypercall FOLDER_CLOSE. */
  @Override
  public int close(long handle) {
    int refusal = gate.enter(by, Hypercall.FOLDER_CLOSE);
    long result = refusal < 0 ? refusal : folder.close(handle);
    return (int) gate.over(by, Hypercall.FOLDER_CLOSE, handle, result);
  }

  /** Hypercall FOLDER_STATUS. */
  @Override
  public int status(long handle, long[] status) {
    int refusal = gate.enter(by, Hypercall.FOLDER_STATUS);
    long result = refusal < 0 ? refusal : folder.status(handle, status);
    return (int) gate.over(by, Hypercall.FOLDER_STATUS, handle, result);
  }

  /** Hypercall FOLDER_LIST. */
  @Override
  public int list(long directory, long position, byte[] target, int bytes) {
    int refusal = gate.enter(by, Hypercall.FOLDER_LIST);
    long result = refusal < 0 ? refusal : folder.list(directory, position, target, bytes);
    return (int) gate.over(by, Hypercall.FOLDER_LIST, directory, result);
  }

  /** Hypercall FOLDER_READLINK. */
  @Override
  public int readlink(long handle, byte[] target) {
    int refusal = gate.enter(by, Hypercall.FOLDER_READLINK);
    long result = refusal < 0 ? refusal : folder.readlink(handle, target);
    return (int) gate.over(by, Hypercall.FOLDER_READLINK, handle, result);
  }

  /** Hypercall FOLDER_READ. */
  @Override
  public int read(long handle, long offset, byte[] target, int bytes) {
    int refusal = gate.enter(by, Hypercall.FOLDER_READ);
    long result = refusal < 0 ? refusal : folder.read(handle, offset, target, bytes);
    return (int) gate.over(by, Hypercall.FOLDER_READ, handle, result);
  }

  /** Hypercall FOLDER_WRITE. */
  @Override
  public int write(long handle, long offset, byte[] source, int bytes, long[] end) {
    int refusal = gate.enter(by, Hypercall.FOLDER_WRITE);
    long result = refusal < 0 ? refusal : folder.write(handle, offset, source, bytes, end);
    return (int) gate.over(by, Hypercall.FOLDER_WRITE, handle, result);
  }

  /** Hypercall FOLDER_TRUNCATE. */
  @Override
  public int truncate(long handle, long bytes) {
    int refusal = gate.enter(by, Hypercall.FOLDER_TRUNCATE);
    long result = refusal < 0 ? refusal : folder.truncate(handle, bytes);
    return (int) gate.over(by, Hypercall.FOLDER_TRUNCATE, handle, result);
  }

  /** Hypercall FOLDER_ALLOCATE. */
  @Override
  public int allocate(long handle, int mode, long offset, long bytes) {
    int refusal = gate.enter(by, Hypercall.FOLDER_ALLOCATE);
    long result = refusal < 0 ? refusal : folder.allocate(handle, mode, offset, bytes);
    return (int) gate.over(by, Hypercall.FOLDER_ALLOCATE, handle, result);
  }

  /** Hypercall FOLDER_SEEK. */
  @Override
  public long seek(long handle, long offset, int whence) {
    int refusal = gate.enter(by, Hypercall.FOLDER_SEEK);
    long result = refusal < 0 ? refusal : folder.seek(handle, offset, whence);
    return gate.over(by, Hypercall.FOLDER_SEEK, handle, result);
  }

  /** Hypercall FOLDER_MODE. */
  @Override
  public int mode(long handle, int mode) {
    int refusal = gate.enter(by, Hypercall.FOLDER_MODE);
    long result = refusal < 0 ? refusal : folder.mode(handle, mode);
    return (int) gate.over(by, Hypercall.FOLDER_MODE, handle, result);
  }

  /** Hypercall FOLDER_TIMES. */
  @Override
  public int times(long handle, long accessed, long modified) {
    int refusal = gate.enter(by, Hypercall.FOLDER_TIMES);
    long result = refusal < 0 ? refusal : folder.times(handle, accessed, modified);
    return (int) gate.over(by, Hypercall.FOLDER_TIMES, handle, result);
  }

  /** Hypercall FOLDER_CREATE. */
  @Override
  public long create(long directory, byte[] name, int mode, long[] status) {
    int refusal = gate.enter(by, Hypercall.FOLDER_CREATE);
    long result = refusal < 0 ? refusal : folder.create(directory, name, mode, status);
    return gate.over(by, Hypercall.FOLDER_CREATE, directory, result);
  }

  /** Hypercall FOLDER_SYMLINK. */
  @Override
  public int symlink(long directory, byte[] name, byte[] target) {
    int refusal = gate.enter(by, Hypercall.FOLDER_SYMLINK);
    long result = refusal < 0 ? refusal : folder.symlink(directory, name, target);
    return (int) gate.over(by, Hypercall.FOLDER_SYMLINK, directory, result);
  }

  /** Hypercall FOLDER_LINK. */
  @Override
  public int link(long handle, long directory, byte[] name) {
    int refusal = gate.enter(by, Hypercall.FOLDER_LINK);
    long result = refusal < 0 ? refusal : folder.link(handle, directory, name);
    return (int) gate.over(by, Hypercall.FOLDER_LINK, handle, result);
  }

  /** Hypercall FOLDER_UNLINK. */
  @Override
  public int unlink(long directory, byte[] name, int flags) {
    int refusal = gate.enter(by, Hypercall.FOLDER_UNLINK);
    long result = refusal < 0 ? refusal : folder.unlink(directory, name, flags);
    return (int) gate.over(by, Hypercall.FOLDER_UNLINK, directory, result);
  }

  /** Hypercall FOLDER_RENAME. */
  @Override
  public int rename(long from, byte[] name, long to, byte[] newName, int flags) {
    int refusal = gate.enter(by, Hypercall.FOLDER_RENAME);
    long result = refusal < 0 ? refusal : folder.rename(from, name, to, newName, flags);
    return (int) gate.over(by, Hypercall.FOLDER_RENAME, from, result);
  }

  /** Hypercall FOLDER_SPACE. */
  @Override
  public int space(byte[] target) {
    int refusal = gate.enter(by, Hypercall.FOLDER_SPACE);
    long result = refusal < 0 ? refusal : folder.space(target);
    return (int) gate.over(by, Hypercall.FOLDER_SPACE, 0, result);
  }
}
