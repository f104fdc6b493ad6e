package org.atoll.boot.hosts;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a node of another machine tells node 0 of while it runs: options of its process, none of
 * which can name anything of that machine.
 *
 * @param options with their values behind them
 */
public record Watching(List<String> options) {

  /** Nothing. */
  public static final Watching NOTHING = new Watching(List.of());

  private static final Set<String> ALONE = Set.of("--capture", "--tell-trace", "--hypercalls");
  private static final Set<String> WITH_VALUE =
      Set.of("--watch-calls", "--watch-bytes", "--server", "--call", "--pid", "--node");

  /** No value may be taken for an option, or for a file of options. */
  private static final Pattern VALUE = Pattern.compile("(\\w[\\w,.-]*)?");

  private static final int OPTIONS_MAX = 512;

  /** What these options ask for. */
  public Watching {
    options = List.copyOf(options);
  }

  /** Whether there is nothing to tell. */
  public boolean isNothing() {
    return options.isEmpty();
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(options.size());
    for (String option : options) {
      out.writeUTF(option);
    }
  }

  static Watching read(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > OPTIONS_MAX) {
      throw new IOException("an invitation with " + count + " options");
    }
    List<String> options = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      options.add(in.readUTF());
    }
    return new Watching(options);
  }

  /** Whether it asks for no more than it may. */
  boolean possible() {
    Iterator<String> words = options.iterator();
    boolean possible = options.size() <= OPTIONS_MAX;
    while (possible && words.hasNext()) {
      String option = words.next();
      possible =
          ALONE.contains(option)
              || WITH_VALUE.contains(option)
                  && words.hasNext()
                  && VALUE.matcher(words.next()).matches();
    }
    return possible;
  }
}
