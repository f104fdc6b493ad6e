package org.atoll.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Errno;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.protocol.IsProtocol;
import org.atoll.abi.protocol.RsProtocol;
import org.atoll.drivers.control.Command;
import org.atoll.loader.OwnService;
import org.atoll.loader.ServiceLoading;
import org.jspecify.annotations.Nullable;

/**
 * Understands what is asked over the socket: loads what is to be loaded, has RS do the rest, and
 * puts the outcome into words. Any thread.
 */
public final class Desk {

  private static final int MISUSED = 125;
  private static final String TABLES = "tasks, calls, nodes, services and ds";

  private final CommandQueue queue;
  private final Store store;
  private final Links links;
  private final Map<String, OwnService> own = new TreeMap<>();

  /** Where the code of services is put. */
  public interface Store {

    /** A first version; false when there is a service of that name. */
    boolean add(OwnService service);

    /** Takes a first version away that could not be started. */
    void remove(OwnService service);

    /** The next version of a service; false when there is none of that name. */
    boolean offer(OwnService service);
  }

  /**
   * A desk for a VOS.
   *
   * @param services of one's own
   * @param links between its nodes
   */
  public Desk(CommandQueue queue, Store store, List<OwnService> services, Links links) {
    this.links = links;
    this.queue = queue;
    this.store = store;
    services.forEach(service -> own.put(service.name(), service));
  }

  Exchange.Answer answer(List<String> words) {
    List<String> rest = words.subList(1, words.size());
    try {
      return switch (words.getFirst()) {
        case "ls" -> list();
        case "nodes" -> new Exchange.Answer(0, links.tables());
        case "link" -> link(rest);
        case "show" -> show(rest.getFirst());
        case "restart" -> result(rest.getFirst(), ask(RsProtocol.Call.RESTART, rest.getFirst()));
        case "kill" -> result(rest.getFirst(), ask(RsProtocol.Call.KILL, rest.getFirst()));
        case "update" -> update(rest.getFirst(), rest.size() < 2 ? null : Path.of(rest.get(1)));
        case "start" -> start(Path.of(rest.getFirst()));
        case "call" -> call(rest.getFirst(), rest.get(1), rest.subList(2, rest.size()));
        default -> failure("this VOS does not know '" + words.getFirst() + "'");
      };
    } catch (IOException refused) {
      return failure(String.valueOf(refused.getMessage()));
    }
  }

  private Exchange.Answer link(List<String> words) throws IOException {
    if (words.equals(List.of("compress", "on")) || words.equals(List.of("compress", "off"))) {
      links.compress(words.getLast().equals("on"));
    } else if (words.size() == 3 && words.getFirst().equals("shape")) {
      links.shape(Long.parseLong(words.get(1)), Long.parseLong(words.get(2)));
    } else {
      return failure("this VOS does not know 'link " + String.join(" ", words) + "'");
    }
    return new Exchange.Answer(0, "");
  }

  private static Exchange.Answer failure(String line) {
    return new Exchange.Answer(MISUSED, line + "\n");
  }

  private Command.Answer ask(RsProtocol.Call call, String name) {
    return queue.ask(call, name, Command.Own.NONE);
  }

  private static Exchange.Answer result(String name, Command.Answer answer) {
    long result = answer.words()[0];
    if (result >= 0) {
      return new Exchange.Answer(0, "");
    }
    int errno = (int) -result;
    String why =
        switch (errno) {
          case Errno.ENOENT -> "no such service";
          case Errno.EPERM -> "its loss would end the VOS: it can be updated, not restarted";
          case Errno.EDEADSRCDST -> "the service, or control, failed meanwhile; ask again";
          case Errno.EAGAIN -> "it is in the middle of something; try again";
          case Errno.EINVAL -> reason(answer);
          default -> Errno.text(errno);
        };
    return failure("service " + name + ": " + why);
  }

  private static String reason(Command.Answer answer) {
    String said = new String(answer.bytes(), StandardCharsets.UTF_8).strip();
    return said.isEmpty() ? "it cannot be made; the failures log of the VOS says why" : said;
  }

  private Exchange.Answer list() {
    Command.Answer answer = queue.ask(RsProtocol.Call.SERVICES, "", Command.Own.NONE);
    String rows = new String(answer.bytes(), StandardCharsets.UTF_8);
    return answer.words()[0] < 0 ? result("ls", answer) : new Exchange.Answer(0, Columns.of(rows));
  }

  /** A table of the information server, as far as it goes into one answer. */
  private Exchange.Answer show(String table) {
    byte[] name = table.getBytes(StandardCharsets.UTF_8);
    Command.Own request = new Command.Own(IsProtocol.Call.TABLE.number(), new long[2], name);
    Command.Answer answer = queue.ask(RsProtocol.Call.FIND, "is", request);
    if (answer.words()[0] == -Errno.ENOENT) {
      return failure("no table " + table + ": there are " + TABLES);
    }
    String rows = new String(answer.bytes(), StandardCharsets.UTF_8);
    return answer.words()[0] < 0 ? result("is", answer) : new Exchange.Answer(0, Columns.of(rows));
  }

  private Exchange.Answer update(String name, @Nullable Path source) throws IOException {
    OwnService known = own(name);
    Path from = source == null && known != null ? known.source() : source;
    if (from != null) {
      OwnService loaded = ServiceLoading.load(from);
      if (!loaded.name().equals(name)) {
        return failure(from + " is the service " + loaded.name() + ", not " + name);
      }
      if (!store.offer(loaded)) {
        return failure("service " + name + ": no such service");
      }
      Command.Answer answer = ask(RsProtocol.Call.UPDATE, name);
      if (answer.words()[0] == 0) {
        keep(loaded);
      }
      return result(name, answer);
    }
    return result(name, ask(RsProtocol.Call.UPDATE, name));
  }

  private Exchange.Answer start(Path source) throws IOException {
    OwnService loaded = ServiceLoading.load(source);
    if (!store.add(loaded)) {
      return failure("there is a service " + loaded.name() + " already");
    }
    Command.Answer answer = ask(RsProtocol.Call.START, loaded.name());
    if (answer.words()[0] < 0) {
      store.remove(loaded);
    } else {
      keep(loaded);
    }
    return result(loaded.name(), answer);
  }

  private synchronized @Nullable OwnService own(String name) {
    return own.get(name);
  }

  private synchronized void keep(OwnService service) {
    own.put(service.name(), service);
  }

  private Exchange.Answer call(String name, String call, List<String> words) {
    OwnService service = own(name);
    if (service == null) {
      return failure("service " + name + ": no service of one's own");
    }
    for (ProtocolCall known : service.protocol()) {
      if (known.name().equals(call)) {
        return call(name, known, words);
      }
    }
    List<String> names = service.protocol().stream().map(ProtocolCall::name).toList();
    return failure("service " + name + " has no call " + call + ", but " + names);
  }

  private Exchange.Answer call(String name, ProtocolCall call, List<String> words) {
    Signature signature = call.signature();
    int numbers = signature.request().size();
    int wanted = numbers + (signature.in() == null ? 0 : 1);
    if (words.size() != wanted) {
      return failure(call.name() + " takes " + wanted + " words, not " + words.size());
    }
    long[] values = new long[numbers];
    for (int i = 0; i < numbers; i++) {
      try {
        values[i] = Long.decode(words.get(i));
      } catch (NumberFormatException e) {
        return failure(call.name() + ": '" + words.get(i) + "' is no number");
      }
    }
    byte[] in =
        words.size() == numbers ? new byte[0] : words.getLast().getBytes(StandardCharsets.UTF_8);
    Command.Own request = new Command.Own(call.number(), values, in);
    return shown(name, signature, queue.ask(RsProtocol.Call.FIND, name, request));
  }

  private static Exchange.Answer shown(String name, Signature signature, Command.Answer answer) {
    if (answer.words()[0] < 0) {
      return result(name, answer);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < signature.answer().size(); i++) {
      text.append(i == 0 ? "" : " ").append(signature.answer().get(i).name());
      text.append('=').append(answer.words()[i]);
    }
    text.append('\n').append(new String(answer.bytes(), StandardCharsets.UTF_8));
    return new Exchange.Answer(0, text.toString());
  }
}
