import org.atoll.posix.Atoll;
import org.atoll.posix.PosixException;

/** {@code Count NAME NUMBER...}: adds to a counter, in whatever language, and shows the sum. */
public final class Count {

  private static final int ADD = 0x4100;
  private static final int SHOW = 0x4101;
  private static final byte[] NOTHING = {};

  private Count() {}

  public static void main(String[] args) {
    try {
      int counter = Atoll.lookup(args[0]);
      for (int i = 1; i < args.length; i++) {
        Atoll.Message add = new Atoll.Message(ADD, Long.parseLong(args[i]));
        Atoll.sendrec(counter, add);
        add.result();
      }
      byte[] text = new byte[64];
      Atoll.Message show = new Atoll.Message(SHOW);
      Atoll.sendrec(counter, show, NOTHING, text);
      System.out.println("node " + Atoll.node() + ": " + new String(text, 0, (int) show.result()));
    } catch (PosixException e) {
      System.err.println("count: " + e.getMessage());
      System.exit(1);
    }
  }
}
