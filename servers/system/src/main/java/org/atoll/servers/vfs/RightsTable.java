package org.atoll.servers.vfs;

import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.libsys.LongTable;
import org.jspecify.annotations.Nullable;

/**
 * Open files on their way in messages (SCM_RIGHTS): each has a reference for every message that it
 * is in, which {@link OpenFile#inFlight} counts.
 */
final class RightsTable {

  /** The files of one message. */
  static final class Bundle {

    final List<OpenFile> files;

    /** The socket that has the message, by handle; 0 as long as it is sent. */
    long holder;

    Bundle(List<OpenFile> files) {
      this.files = files;
    }
  }

  private final LongTable<Bundle> bundles = new LongTable<>();
  private long next = 1;

  /** Whether a socket may have become reachable only through messages; false between turns. */
  private boolean suspicious;

  int size() {
    return bundles.size();
  }

  LongTable<Bundle> all() {
    return bundles;
  }

  /** Sends files: one reference more to each; the number of the bundle. */
  long add(List<OpenFile> files) {
    for (OpenFile file : files) {
      file.retain().inFlight++;
    }
    bundles.put(next, new Bundle(files));
    return next++;
  }

  @Nullable Bundle get(long number) {
    return bundles.get(number);
  }

  /** Takes files out: their references go to whoever calls. */
  List<OpenFile> take(long number) {
    Bundle bundle = bundles.remove(number);
    if (bundle == null) {
      return List.of();
    }
    for (OpenFile file : bundle.files) {
      file.inFlight--;
    }
    return bundle.files;
  }

  /** A file has one reference less: a socket that only messages refer to may be lost in them. */
  void released(OpenFile file) {
    suspicious |= file.kind == OpenFile.Kind.SOCKET && file.inFlight == file.references;
  }

  /** Whether to look for what is lost; asked once. */
  boolean isSuspicious() {
    boolean was = suspicious;
    suspicious = false;
    return was;
  }

  void save(StateWriter out) {
    out.writeLong(next).writeInt(bundles.size());
    for (int at = bundles.first(); at >= 0; at = bundles.next(at)) {
      Bundle bundle = bundles.value(at);
      out.writeLong(bundles.key(at)).writeLong(bundle.holder).writeInt(bundle.files.size());
      bundle.files.forEach(file -> out.writeLong(file.id));
    }
  }

  void load(StateReader in, VfsState state) {
    next = in.readLong();
    for (int left = in.readCount(20); left > 0; left--) {
      long number = in.readLong();
      long holder = in.readLong();
      List<OpenFile> files = new ArrayList<>();
      for (int count = in.readCount(8); count > 0; count--) {
        OpenFile file = state.file(in.readLong());
        file.inFlight++;
        files.add(file);
      }
      Bundle bundle = new Bundle(files);
      bundle.holder = holder;
      bundles.put(number, bundle);
    }
  }
}
