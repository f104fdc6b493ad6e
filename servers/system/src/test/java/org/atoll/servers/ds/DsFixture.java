package org.atoll.servers.ds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.atoll.abi.Role;
import org.atoll.abi.protocol.DsProtocol;
import org.atoll.abi.protocol.DsProtocol.Call;
import org.atoll.abi.protocol.PmProtocol;
import org.atoll.libsys.ServerLoop;
import org.atoll.libsys.testing.Sent;
import org.atoll.libsys.testing.TurnRecorder;

/**
 * A data store that knows the service "myfs"; PM is what the test answers in its place. It is
 * replaced by {@code load(save())} before every event.
 */
final class DsFixture {

  static final int DS = 5;
  static final int RS = 7;
  static final int MYFS = 9;
  static final int OTHER_SERVICE = 10;
  static final int PROCESS = 100;
  static final int SECOND_PROCESS = 101;

  final TurnRecorder ds = new TurnRecorder(DS, () -> new ServerLoop(DsServer::new));

  DsFixture() {
    ds.serve(Role.PM, 6).serve(Role.RS, RS);
    publish(RS, 0, DsProtocol.LABEL, MYFS, "myfs", "");
    publish(RS, 0, DsProtocol.LABEL, OTHER_SERVICE, "other", "");
  }

  /** A PUBLISH by somebody whom the data store knows, or that waits for PM; the request. */
  long publish(int caller, long flags, int type, long value, String name, String bytes) {
    byte[] in = (name + bytes).getBytes(ISO_8859_1);
    return ds.askWith(caller, in, 0, Call.PUBLISH, flags, type, value, name.length());
  }

  /** The result of a PUBLISH of a text by a service, in place of what is there. */
  long text(int service, String name, String text) {
    return ds.result(publish(service, DsProtocol.OVERWRITE, DsProtocol.STRING, 0, name, text));
  }

  /** The result of a PUBLISH of its own endpoint by a process of a user. */
  long label(int process, long uid, long flags, String name) {
    long request = publish(process, flags, DsProtocol.LABEL, 0, name, "");
    isProcessOf(uid);
    return ds.result(request);
  }

  /** PM says whose process has called. */
  void isProcessOf(long uid) {
    ds.answer(ds.expect(PmProtocol.Call.PROCESS_OF), 33, uid, uid);
  }

  /** PM says that the process has ended whose end was awaited first. */
  void oneEnds() {
    Sent awaited = ds.expect(PmProtocol.Call.END_OF);
    ds.answer(awaited, 0);
  }

  /** A call with a name, by somebody whom the data store knows. */
  long named(int caller, Call call, String name, long... words) {
    return ds.askWith(caller, name.getBytes(ISO_8859_1), 200, call, words);
  }

  long retrieve(int caller, String name) {
    return named(caller, Call.RETRIEVE, name, DsProtocol.ANY);
  }

  /** The endpoint under a name, or a negated errno. */
  long endpoint(String name) {
    long request = named(PROCESS, Call.RETRIEVE, name, DsProtocol.LABEL);
    return ds.result(request) < 0 ? ds.result(request) : ds.word(request, 1);
  }

  /** The text under a name. */
  String textOf(String name) {
    return out(named(MYFS, Call.RETRIEVE, name, DsProtocol.STRING));
  }

  /** The out-buffer of a request, as far as it was filled. */
  String out(long request) {
    return new String(Arrays.copyOf(ds.out(request), (int) ds.result(request)), ISO_8859_1);
  }
}
