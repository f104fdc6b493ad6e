package org.atoll.kernel;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.protocol.Protocols;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercall;
import org.jspecify.annotations.Nullable;

/**
 * Prints what is sent, a line each, by name and with decoded words:
 *
 * <pre>
 * 0.001234567 n0 6.0(process) -> 2.0(vfs) OPEN dirfd=-100 flags=00 mode=00 <path[11]
 * 0.001234601 n0 6.0(process) <- 2.0(vfs) OPEN fd=-ENOENT
 * </pre>
 *
 * <p>{@code ->} is a call, {@code <-} its answer, {@code >>} a one-way message, {@code !>} a
 * notification, {@code x>} the wish to end a call, {@code @} an alarm, {@code =>} a hypercall, if
 * wanted. Times are seconds of the sender's node.
 */
public final class TextTracer implements Tracer {

  private final Consumer<String> lines;
  private final Set<Part> parts;
  private volatile @Nullable Node node;

  /** What is printed besides messages. */
  public enum Part {
    HYPERCALLS
  }

  /** A tracer that hands each line, without its end, to {@code lines}. */
  public TextTracer(Consumer<String> lines, Set<Part> parts) {
    this.lines = lines;
    this.parts = parts;
  }

  @Override
  public void attach(Node to) {
    node = to;
  }

  @Override
  public void request(
      Moment at, int from, int to, long request, Message m, int inBytes, int outBytes) {
    StringBuilder line = open(at, from, " -> ", to);
    ProtocolCall call = call(m.type);
    words(line, m.type, call == null ? null : call.signature().request(), m);
    buffer(line, " <", call == null ? null : call.signature().in(), inBytes);
    buffer(line, " >", call == null ? null : call.signature().out(), outBytes);
    close(line);
  }

  @Override
  public void answer(Moment at, int from, int to, long request, Message m, int outBytes) {
    StringBuilder line = open(at, to, " <- ", from);
    int type = m.type & ~Message.ANSWER;
    ProtocolCall call = call(type);
    if (m.w0 < 0 && m.w0 >= -Errno.ENORESTART) {
      name(line, type, call);
      String word = call == null ? "w0" : call.signature().answer().getFirst().name();
      line.append(' ').append(word).append("=-").append(Errno.name((int) -m.w0));
    } else {
      words(line, type, call == null ? null : call.signature().answer(), m);
    }
    buffer(line, " >", call == null ? null : call.signature().out(), outBytes);
    close(line);
  }

  @Override
  public void message(Moment at, int from, int to, Message m) {
    StringBuilder line = open(at, from, " >> ", to);
    ProtocolCall call = call(m.type);
    words(line, m.type, call == null ? null : call.signature().request(), m);
    close(line);
  }

  @Override
  public void notified(Moment at, int from, int to) {
    StringBuilder line = open(at, from, " !> ", to);
    line.setLength(line.length() - 1);
    close(line);
  }

  @Override
  public void alarm(Moment at, int task, long tag) {
    close(open(at, task, " @", Endpoint.NONE).append("tag=").append(tag));
  }

  @Override
  public void cancel(Moment at, int from, int to, long request) {
    close(open(at, from, " x> ", to).append("call=").append((int) request));
  }

  @Override
  public void hypercall(Moment at, Caller by, Hypercall call, long argument, long result) {
    if (!parts.contains(Part.HYPERCALLS)) {
      return;
    }
    StringBuilder line = open(at).append(by.name()).append(" => ").append(call.name());
    if (!call.argument().isEmpty()) {
      line.append(' ').append(call.argument()).append('=').append(argument);
    }
    boolean failed = result < 0 && result >= -Errno.ENORESTART;
    close(line.append(" = ").append(failed ? "-" + Errno.name((int) -result) : result));
  }

  private static StringBuilder open(Moment at) {
    StringBuilder line = new StringBuilder(120);
    line.append(at.nanos() / 1_000_000_000).append('.');
    String fraction = Long.toString(at.nanos() % 1_000_000_000);
    line.repeat('0', 9 - fraction.length()).append(fraction);
    return line.append(" n").append(at.node()).append(' ');
  }

  private StringBuilder open(Moment at, int one, String sign, int other) {
    StringBuilder line = open(at).append(name(one)).append(sign);
    if (other != Endpoint.NONE) {
      line.append(name(other));
    }
    return line.append(' ');
  }

  private String name(int endpoint) {
    Node names = node;
    return names == null ? Endpoint.toString(endpoint) : names.describe(endpoint);
  }

  /** The system's calls, and those of services of one's own. */
  private @Nullable ProtocolCall call(int type) {
    Node names = node;
    return names == null ? Protocols.byNumber(type) : names.images.call(type);
  }

  private static void name(StringBuilder line, int type, @Nullable ProtocolCall call) {
    line.append(call == null ? "0x" + Integer.toHexString(type) : call.name());
  }

  private void words(
      StringBuilder line, int type, @Nullable List<Signature.Word> words, Message m) {
    name(line, type, call(type));
    if (words == null) {
      for (int i = 0; i < Message.WORDS; i++) {
        line.append(" w").append(i).append('=').append(m.word(i));
      }
      return;
    }
    for (int i = 0; i < words.size(); i++) {
      line.append(' ').append(words.get(i).name()).append('=');
      value(line, words.get(i).format(), m.word(i));
    }
  }

  private static void value(StringBuilder line, Signature.Format format, long value) {
    switch (format) {
      case DECIMAL, NANOS -> line.append(value);
      case HEX -> line.append("0x").append(Long.toHexString(value));
      case OCTAL -> line.append('0').append(Long.toOctalString(value));
      case ENDPOINT -> line.append(Endpoint.toString((int) value));
    }
  }

  private static void buffer(StringBuilder line, String sign, @Nullable String name, int bytes) {
    if (bytes > 0) {
      line.append(sign).append(name == null ? "bytes" : name);
      line.append('[').append(bytes).append(']');
    }
  }

  private synchronized void close(StringBuilder line) {
    lines.accept(line.toString());
  }
}
