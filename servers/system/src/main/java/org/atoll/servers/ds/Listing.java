package org.atoll.servers.ds;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.atoll.abi.Errno;
import org.atoll.abi.Turn;

/** LIST: rows for people, in pieces that fit the caller's buffer. */
final class Listing {

  private static final String TITLE = "NAME TYPE OWNER USER BYTES VALUE\n";

  private Listing() {}

  static void list(Turn turn, long request, Entries entries) {
    String after = Names.text(turn, request, Math.max(0, turn.kernel().inBytes(request)));
    if (after == null) {
      turn.reply(request, -Errno.EINVAL);
      return;
    }
    int room = turn.kernel().outBytes(request);
    StringBuilder rows = new StringBuilder(after.isEmpty() ? TITLE : "");
    boolean more = false;
    for (Entry entry : entries.after(after)) {
      String row = entry.row();
      more = rows.length() + row.length() > room;
      if (more) {
        break;
      }
      rows.append(row);
    }
    byte[] table = rows.toString().getBytes(ISO_8859_1);
    int bytes = Math.min(table.length, Math.max(0, room));
    turn.kernel().copyOut(request, 0, table, 0, bytes);
    turn.reply(request, bytes, more ? 1 : 0);
  }
}
