package org.atoll.libposix;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.protocol.ExecImage;

/** What an exec was asked for: path, arguments, environment, copied out of the old memory. */
final class ExecRequest {

  static final int AT_FDCWD = -100;

  /** Bytes of a script's first line that are looked at (Linux {@code BINPRM_BUF_SIZE}). */
  static final int SCRIPT_LINE_BYTES_MAX = 256;

  private static final byte[] DEFAULT_PATH = bytes("/usr/sbin:/usr/bin:/sbin:/bin");

  int directory = AT_FDCWD;
  int openFlags;
  byte[] path = new byte[0];

  /** What the program learns as AT_EXECFN. */
  byte[] file = new byte[0];

  List<byte[]> arguments = new ArrayList<>();
  List<byte[]> environment = new ArrayList<>();

  /** Bytes that arguments and environment take, with their pointers. */
  private long size;

  /** Paths to try when this one does not exist, for the first program. */
  private final List<byte[]> alternatives = new ArrayList<>();

  /** The interpreter scripts that named one another so far. */
  private int scripts;

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Begins anew. */
  void clear() {
    directory = AT_FDCWD;
    openFlags = 0;
    arguments = new ArrayList<>();
    environment = new ArrayList<>();
    alternatives.clear();
    size = 0;
    scripts = 0;
  }

  /** The request of a first program; a path without a slash is looked for in PATH. */
  void take(ExecImage image) {
    clear();
    image.arguments().forEach(a -> arguments.add(bytes(a)));
    image.environment().forEach(e -> environment.add(bytes(e)));
    byte[] name = bytes(image.path());
    if (name.length > 0 && image.path().indexOf('/') < 0) {
      search(name);
    } else {
      path = name;
    }
    file = path;
  }

  private void search(byte[] name) {
    byte[] directories = DEFAULT_PATH;
    for (byte[] entry : environment) {
      if (entry.length >= 5 && Arrays.equals(entry, 0, 5, bytes("PATH="), 0, 5)) {
        directories = Arrays.copyOfRange(entry, 5, entry.length);
      }
    }
    int from = 0;
    for (int i = 0; i <= directories.length; i++) {
      if (i == directories.length || directories[i] == ':') {
        byte[] directory = i == from ? bytes(".") : Arrays.copyOfRange(directories, from, i);
        alternatives.add(join(directory, bytes("/"), name));
        from = i + 1;
      }
    }
    path = alternatives.removeFirst();
  }

  /** Goes to the next path to try; false when there is none. */
  boolean next() {
    if (alternatives.isEmpty()) {
      return false;
    }
    path = alternatives.removeFirst();
    file = path;
    return true;
  }

  /** The file was found: no other is tried. */
  void found() {
    alternatives.clear();
  }

  /**
   * Copies what execve was asked for out of guest memory. After a missing page it goes on where it
   * was. Fails with EFAULT, E2BIG, ENAMETOOLONG, ENOENT.
   */
  void collect(Call call, long pathAddress, long argv, long envp) {
    Guest guest = call.guest();
    path = guest.path(pathAddress);
    boolean byDescriptor = (openFlags & Names.AT_EMPTY_PATH) != 0;
    if (path.length == 0 && !byDescriptor) {
      throw new Failure(Errno.ENOENT);
    }
    file = path.length == 0 ? bytes("/dev/fd/" + directory) : path;
    long stackLimit = call.process().limits.soft(ResourceLimits.STACK);
    collect(guest, argv, arguments, stackLimit);
    collect(guest, envp, environment, stackLimit);
    if (arguments.isEmpty()) {
      arguments.add(new byte[0]);
    }
  }

  private void collect(Guest guest, long pointers, List<byte[]> strings, long stackLimit) {
    if (pointers == 0) {
      return;
    }
    for (; ; ) {
      long string = guest.getLong(pointers + 8L * strings.size());
      if (string == 0) {
        return;
      }
      byte[] text = guest.string(string, Limits.EXEC_STRING_BYTES_MAX, Errno.E2BIG);
      strings.add(count(text, stackLimit));
    }
  }

  /** Counts a string and its pointer. Fails with E2BIG. */
  private byte[] count(byte[] text, long stackLimit) {
    long most = Limits.EXEC_BYTES_MAX;
    if (stackLimit >= 0) {
      most = Math.clamp(stackLimit / 4, Limits.EXEC_STRING_BYTES_MAX, most);
    }
    size += text.length + 1 + 8;
    if (size > most) {
      throw new Failure(Errno.E2BIG);
    }
    return text;
  }

  /**
   * The file is a script: its interpreter is run instead, with at most one argument, the script's
   * path and the arguments after the first. Fails with ENOEXEC, ELOOP.
   */
  void becomeInterpreter(byte[] head, int bytes) {
    if (++scripts > Limits.SCRIPT_DEPTH_MAX) {
      throw new Failure(Errno.ELOOP);
    }
    int end = 2;
    while (end < bytes && head[end] != '\n' && head[end] != 0) {
      end++;
    }
    int from = skip(head, 2, end, true);
    int word = skip(head, from, end, false);
    if (word == from || end == SCRIPT_LINE_BYTES_MAX && word == end) {
      throw new Failure(Errno.ENOEXEC);
    }
    int argument = skip(head, word, end, true);
    int argumentEnd = end;
    while (argumentEnd > argument && isBlank(head[argumentEnd - 1])) {
      argumentEnd--;
    }
    List<byte[]> now = new ArrayList<>();
    now.add(Arrays.copyOfRange(head, from, word));
    if (argumentEnd > argument) {
      now.add(Arrays.copyOfRange(head, argument, argumentEnd));
    }
    now.add(scriptPath());
    now.addAll(arguments.subList(Math.min(1, arguments.size()), arguments.size()));
    arguments = now;
    path = now.getFirst();
    directory = AT_FDCWD;
    openFlags = 0;
  }

  private byte[] scriptPath() {
    return scripts == 1 ? file : path;
  }

  private static int skip(byte[] line, int from, int end, boolean blanks) {
    int at = from;
    while (at < end && isBlank(line[at]) == blanks) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  /** The command name: the last component of the file's path, a script's included. */
  byte[] name() {
    int slash = file.length;
    while (slash > 0 && file[slash - 1] != '/') {
      slash--;
    }
    int end = Math.min(file.length, slash + ThreadState.NAME_BYTES_MAX);
    return Arrays.copyOfRange(file, slash, end);
  }

  /**
   * The arguments, each with its NUL, as far as they go into {@link Limits#COMMAND_LINE_BYTES_MAX}.
   */
  byte[] commandLine() {
    return texts(arguments, Limits.COMMAND_LINE_BYTES_MAX);
  }

  /** The environment likewise, as far as it goes into {@link Limits#ENVIRONMENT_BYTES_MAX}. */
  byte[] environmentText() {
    return texts(environment, Limits.ENVIRONMENT_BYTES_MAX);
  }

  private static byte[] texts(List<byte[]> strings, int most) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] string : strings) {
      if (all.size() < most) {
        all.writeBytes(string);
        all.write(0);
      }
    }
    byte[] bytes = all.toByteArray();
    return Arrays.copyOf(bytes, Math.min(bytes.length, most));
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  void save(StateWriter out) {
    out.writeInt(directory).writeInt(openFlags).writeBytes(path).writeBytes(file);
    save(out, arguments);
    save(out, environment);
    save(out, alternatives);
    out.writeLong(size).writeInt(scripts);
  }

  void load(StateReader in) {
    directory = in.readInt();
    openFlags = in.readInt();
    path = in.readBytes();
    file = in.readBytes();
    arguments = loadAll(in);
    environment = loadAll(in);
    alternatives.clear();
    alternatives.addAll(loadAll(in));
    size = in.readLong();
    scripts = in.readInt();
  }

  private static void save(StateWriter out, List<byte[]> strings) {
    out.writeInt(strings.size());
    strings.forEach(out::writeBytes);
  }

  private static List<byte[]> loadAll(StateReader in) {
    List<byte[]> strings = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      strings.add(in.readBytes());
    }
    return strings;
  }
}
