import org.atoll.posix.Fcntl;
import org.atoll.posix.PosixException;
import org.atoll.posix.Unistd;

/** {@code cat [FILE...]}: copies files, or standard input, to standard output. */
public final class Cat {

  private static final byte[] BUFFER = new byte[64 * 1024];

  private Cat() {}

  public static void main(String[] files) {
    if (files.length == 0) {
      copy(Unistd.STDIN_FILENO);
    }
    int status = 0;
    for (String file : files) {
      try {
        int fd = Fcntl.open(file, Fcntl.O_RDONLY);
        copy(fd);
        Unistd.close(fd);
      } catch (PosixException e) {
        System.err.println("cat: " + e.getMessage());
        status = 1;
      }
    }
    System.exit(status);
  }

  private static void copy(int from) {
    for (int got = Unistd.read(from, BUFFER); got > 0; got = Unistd.read(from, BUFFER)) {
      for (int done = 0; done < got; ) {
        done += Unistd.write(Unistd.STDOUT_FILENO, BUFFER, done, got - done);
      }
    }
  }
}
