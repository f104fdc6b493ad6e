import java.nio.charset.StandardCharsets;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;

/** A service that adds up, and says the sum in letters: what counter.c is as a program. */
public final class Counter implements Server {

  /** The same numbers as in counter.h. */
  private enum Call implements ProtocolCall {
    ADD(0x4100, "number", "sum"),
    SHOW(0x4101, ">text", "bytes");

    private final int number;
    private final Signature signature;

    Call(int number, String request, String answer) {
      this.number = number;
      this.signature = Signature.of(request, answer);
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Signature signature() {
      return signature;
    }
  }

  private final Rows calls = new Rows();
  private long sum;

  @Override
  public Rows calls() {
    return calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    if (m.type == Call.ADD.number()) {
      sum += m.w0;
      turn.reply(request, sum);
    } else if (m.type == Call.SHOW.number()) {
      byte[] text = ("the sum is " + sum).getBytes(StandardCharsets.UTF_8);
      int bytes = Math.min(text.length, turn.kernel().outBytes(request));
      turn.reply(request, turn.kernel().copyOut(request, 0, text, 0, bytes));
    } else {
      turn.reply(request, -Errno.ENOSYS);
    }
  }

  @Override
  public void cancelled(Turn turn, long request) {
    // Every request is answered in its own turn.
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    throw new IllegalStateException("it calls nobody");
  }

  @Override
  public void save(StateWriter out) {
    out.version(1).writeLong(sum);
  }

  @Override
  public void load(StateReader in) {
    in.version(1);
    sum = in.readLong();
  }
}
