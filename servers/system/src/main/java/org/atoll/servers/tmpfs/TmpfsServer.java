package org.atoll.servers.tmpfs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.FsProtocol;
import org.atoll.libsys.LongTable;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;

/**
 * File systems in memory: the volume that the server was started for, and those that were made
 * since. The number of an inode says which volume it is in. Answers every request in its turn and
 * calls nobody.
 */
public final class TmpfsServer implements Server {

  private static final int VERSION = 1;

  /** Volumes at once, the first not counted. */
  private static final int VOLUMES_MAX = 256;

  private final long device;
  private final int sharePercent;
  private final Beginning beginning;
  private final LongTable<VolumeCalls> volumes = new LongTable<>();
  private final Rows calls = new Rows();

  /** The number of the volume that was made last. */
  private int last;

  /**
   * An empty file system.
   *
   * @param device the device number that stat(2) shows
   * @param sharePercent how much of its node's frames it may use
   */
  public TmpfsServer(long device, int sharePercent) {
    this(device, sharePercent, Beginning.EMPTY);
  }

  /** A file system that begins with something in it. */
  public TmpfsServer(long device, int sharePercent, Beginning beginning) {
    this.device = device;
    this.sharePercent = sharePercent;
    this.beginning = beginning;
    volumes.put(0, new VolumeCalls(new Volume(0, device, sharePercent)));
  }

  @Override
  public Rows calls() {
    return calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    VolumeCalls first = volumes.get(0);
    if (first != null && !first.volume.isBegun()) {
      first.begin(turn, beginning);
    }
    if (m.type == FsProtocol.Call.VOLUME.number()) {
      make(turn, request);
      return;
    }
    VolumeCalls volume = volumes.get(Volume.of(m.w0));
    if (volume == null) {
      turn.reply(request, -Errno.ESTALE);
    } else {
      FsProtocol.dispatch(volume, turn, request, m);
      drop(volume.volume);
    }
  }

  /** VOLUME. */
  private void make(Turn turn, long request) {
    String text = options(turn, request);
    Options options = new Options();
    int error = options.read(turn.kernel(), text);
    if (error != 0 || volumes.size() > VOLUMES_MAX) {
      turn.reply(request, error != 0 ? error : -Errno.ENOSPC);
      return;
    }
    last++;
    Volume volume = new Volume(last, Volume.deviceOf(last), options);
    VolumeCalls made = new VolumeCalls(volume);
    made.begin(turn, Beginning.EMPTY);
    options.apply(volume.root());
    volumes.put(last, made);
    byte[] shown = volume.options().getBytes(ISO_8859_1);
    int bytes = Math.clamp(turn.kernel().outBytes(request), 0, shown.length);
    turn.kernel().copyOut(request, 0, shown, 0, bytes);
    volume.replyHeld(turn, request, volume.root());
  }

  /** The in-buffer; what is longer than options can be is none. */
  private static String options(Turn turn, long request) {
    byte[] text = new byte[Math.clamp(turn.kernel().inBytes(request), 0, Limits.PAGE_BYTES)];
    turn.kernel().copyIn(request, 0, text, 0, text.length);
    return new String(text, ISO_8859_1);
  }

  /** A volume that was made goes when nothing in it is held any more. */
  private void drop(Volume volume) {
    if (volume.isMade() && volume.holds() == 0) {
      volumes.remove(volume.id);
    }
  }

  @Override
  public void resume(Turn turn, Row row, Message answer) {
    throw new IllegalStateException("tmpfs calls nobody");
  }

  @Override
  public void cancelled(Turn turn, long request) {
    throw new IllegalStateException("tmpfs answers in the turn of the request");
  }

  @Override
  public void message(Turn turn, Message m) {
    VolumeCalls volume = volumes.get(Volume.of(m.w0));
    if (m.type == FsProtocol.Call.PUT.number() && volume != null) {
      volume.putOneWay(turn, m.w0, m.w1);
      drop(volume.volume);
    }
  }

  @Override
  public void save(StateWriter out) {
    out.version(VERSION).writeInt(last).writeInt(volumes.size());
    for (int at = volumes.first(); at >= 0; at = volumes.next(at)) {
      volumes.value(at).volume.save(out);
    }
  }

  @Override
  public void load(StateReader in) {
    in.version(VERSION);
    last = in.readInt();
    for (int left = in.readCount(1); left > 0; left--) {
      Volume volume = Volume.load(in, device, sharePercent);
      volumes.put(volume.id, new VolumeCalls(volume));
    }
  }
}
