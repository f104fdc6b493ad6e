package org.atoll.cli;

import java.io.IOException;
import java.util.List;
import org.atoll.boot.LinkQuantity;
import org.atoll.control.RunningVos;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atoll link}: services that are put into the links of a running VOS, and taken out. */
@Command(
    name = "link",
    mixinStandardHelpOptions = true,
    description = {
      "Puts services into the links between the nodes of a running VOS, and takes them out.",
      "Its programs notice nothing but the time that things take."
    },
    footer = {
      "",
      "Examples:",
      "  atoll link compress on                         LZ4, where it makes frames smaller",
      "  atoll link shape --rate 10mbit --delay 20ms    as over a slow line, without root",
      "  atoll link shape --off                         as fast as the machine again",
      "  atoll nodes                                    what the links carry, and how fast"
    })
final class LinkCommand {

  private static final String VOS = "VOS";
  private static final String WHICH =
      "Process of the VOS, as 'atoll nodes --vos' takes it; not needed when only one runs.";

  private static int ask(@Nullable Long vos, String... words) throws IOException {
    return RunningVos.find(System.getenv(), vos).ask(List.of(words));
  }

  @Command(
      name = "compress",
      mixinStandardHelpOptions = true,
      description = "Packs frames by LZ4, or no longer. What does not get smaller passes as it is.")
  int compress(
      @Parameters(index = "0", paramLabel = "on|off") String whether,
      @Parameters(index = "1", arity = "0..1", paramLabel = VOS, description = WHICH)
          @Nullable Long vos)
      throws IOException {
    if (!whether.equals("on") && !whether.equals("off")) {
      throw new IOException("link compress takes on or off, and not '" + whether + "'");
    }
    return ask(vos, "link", "compress", whether);
  }

  @Command(
      name = "shape",
      mixinStandardHelpOptions = true,
      description = "Makes links slower, for experiments: each of them, both ways.")
  int shape(
      @Option(
              names = "--rate",
              paramLabel = "RATE",
              description = "At most so much a second, as tc(8) writes it: 500kbit, 10mbit, 1gbit.")
          @Nullable String rate,
      @Option(
              names = "--delay",
              paramLabel = "TIME",
              description = "Everything arrives so much later: 500us, 20ms, 1s (at most 1s).")
          @Nullable String delay,
      @Option(names = "--off", description = "As fast as the machine again.") boolean off,
      @Parameters(index = "0", arity = "0..1", paramLabel = VOS, description = WHICH)
          @Nullable Long vos)
      throws IOException {
    if (off == (rate != null || delay != null)) {
      throw new IOException("link shape takes --rate, --delay or both, or else --off");
    }
    long bytes = rate == null ? 0 : LinkQuantity.bytesPerSecond(rate);
    long nanos = delay == null ? 0 : LinkQuantity.delayNanos(delay);
    return ask(vos, "link", "shape", String.valueOf(bytes), String.valueOf(nanos));
  }
}
