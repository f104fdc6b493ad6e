import org.atoll.posix.Atoll;
import org.atoll.posix.Errno;
import org.atoll.posix.PosixException;

/** The counter of {@code userland/examples/ipc} as a program in Java; its name is user/counter. */
public final class CounterServer {

  private static final int ADD = 0x4100;
  private static final int SHOW = 0x4101;

  private long sum;

  private CounterServer() {}

  public static void main(String[] args) {
    Atoll.publish("user/counter");
    CounterServer counter = new CounterServer();
    while (true) {
      Atoll.Message m = new Atoll.Message();
      long request = Atoll.receive(Atoll.ANY, m, Atoll.FOREVER);
      if (request != 0) {
        counter.answer(request, m);
      }
    }
  }

  private void answer(long request, Atoll.Message m) {
    m.w[0] =
        switch (m.type) {
          case ADD -> sum += m.w[0];
          case SHOW -> show(request);
          default -> -Errno.ENOSYS;
        };
    try {
      Atoll.reply(request, m);
    } catch (PosixException e) {
      // ESRCH: the caller has given up meanwhile.
    }
  }

  private long show(long request) {
    byte[] text = ("the sum is " + sum).getBytes();
    return Atoll.copyOut(request, 0, text, 0, text.length);
  }
}
