package org.atoll.libposix;

/**
 * Sees what the programs of a node ask for and what happens to them. Called in the turns of their
 * processes; with more than one CPU, by several at once.
 */
public interface Watcher {

  /** Sees nothing; costs one branch. */
  Watcher NONE = new Silent();

  /** Whether more is to be seen than which processes there are. */
  default boolean wantsSights() {
    return true;
  }

  /** Whether a system call is to be seen. */
  boolean wants(String call);

  /** How many bytes of a string are shown. */
  int stringBytes();

  /** Something happened. */
  void saw(Sight sight);

  /**
   * A process is here: it began, runs another program, or came from another node.
   *
   * @param endpoint of its task
   * @param pid its process id
   * @param program name of the program, or empty before there is one
   */
  void process(int endpoint, int pid, String program);

  /** The watcher that sees nothing. */
  final class Silent implements Watcher {
    private Silent() {}

    @Override
    public boolean wants(String call) {
      return false;
    }

    @Override
    public int stringBytes() {
      return 0;
    }

    @Override
    public void saw(Sight sight) {}

    @Override
    public void process(int endpoint, int pid, String program) {}
  }
}
