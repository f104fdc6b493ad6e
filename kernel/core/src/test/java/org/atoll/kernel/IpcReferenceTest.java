package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.protocol.Protocols;
import org.junit.jupiter.api.Test;

/**
 * docs/reference/ipc.md says what the protocol files say. {@code -Datoll.update=true} writes it.
 */
final class IpcReferenceTest {

  private static final Path ROOT = Path.of(System.getProperty("atoll.root", "../..")).normalize();
  private static final Path PAGE = ROOT.resolve("docs/reference/ipc.md");
  private static final String HEAD =
      """
      # The messages

      Generated from the protocol files in `kernel/abi`; a test fails when this page is stale
      (`mvn -pl kernel/core -am test -Dtest=IpcReferenceTest -Dsurefire.failIfNoSpecifiedTests=false
      -Datoll.update=true` writes it again).

      A message has a source, a type and seven words of 64 bits. The type is the number of a call; an
      answer has the type of its request with the highest bit set, and its result in the first word:
      zero or positive, or a negated errno. `:x` words print in hexadecimal, `:o` in octal, `:ep` are
      endpoints, `:ns` nanoseconds; `<name` is the in-buffer (caller to callee), `>name` the
      out-buffer. Each protocol has 256 numbers; those from 0x4000 on are for services of one's own.
      """;

  @Test
  void thePageSaysWhatTheProtocolFilesSay() throws IOException {
    String expected = page();
    if (Boolean.getBoolean("atoll.update")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, expected);
    }
    assertEquals(expected, Files.readString(PAGE), "the page is stale: see its first lines");
  }

  @Test
  void everyNumberIsInItsRangeAndOnceOnly() {
    Set<Integer> seen = new HashSet<>();
    for (Protocols.Protocol protocol : Protocols.all()) {
      for (ProtocolCall call : protocol.calls()) {
        assertEquals(protocol.first(), call.number() & -Protocols.Protocol.NUMBERS, call.name());
        assertFalse(!seen.add(call.number()), call.name());
        assertEquals(call, Protocols.byNumber(call.number()));
      }
    }
  }

  private static String page() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    for (Protocols.Protocol protocol : Protocols.all()) {
      String source = source(protocol);
      page.append("\n## ").append(protocol.name()).append("\n\n");
      page.append(words(classComment(source))).append("\n\n");
      page.append("| number | call | request | answer | what it does |\n");
      page.append("| --- | --- | --- | --- | --- |\n");
      for (ProtocolCall call : protocol.calls()) {
        row(page, call, source);
      }
    }
    return page.toString();
  }

  private static void row(StringBuilder page, ProtocolCall call, String source) {
    Signature signature = call.signature();
    String request = list(signature.request());
    if (signature.in() != null) {
      request = (request + " <" + signature.in()).trim();
    }
    if (signature.out() != null) {
      request = (request + " >" + signature.out()).trim();
    }
    page.append(String.format("| 0x%03x | %s | ", call.number(), call.name()));
    page.append(code(request)).append(" | ").append(code(list(signature.answer())));
    page.append(" | ").append(words(comment(source, call.name()))).append(" |\n");
  }

  private static String code(String text) {
    return text.isEmpty() ? "–" : "`" + text + "`";
  }

  private static String list(List<Signature.Word> words) {
    StringBuilder text = new StringBuilder();
    for (Signature.Word word : words) {
      text.append(text.isEmpty() ? "" : " ").append(word.name());
      text.append(
          switch (word.format()) {
            case DECIMAL -> "";
            case HEX -> ":x";
            case OCTAL -> ":o";
            case ENDPOINT -> ":ep";
            case NANOS -> ":ns";
          });
    }
    return text.toString();
  }

  private static String source(Protocols.Protocol protocol) throws IOException {
    String simple = protocol.calls().getFirst().getClass().getNestHost().getSimpleName();
    return Files.readString(
        ROOT.resolve("kernel/abi/src/main/java/org/atoll/abi/protocol/" + simple + ".java"));
  }

  private static String classComment(String source) {
    Matcher matcher =
        Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*public final class", Pattern.DOTALL)
            .matcher(source);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String comment(String source, String constant) {
    Matcher matcher =
        Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*" + constant + "\\(\\s*0x", Pattern.DOTALL)
            .matcher(source);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** Javadoc as plain Markdown, on one line. */
  private static String words(String javadoc) {
    return javadoc
        .replaceAll("\\n\\s*\\*", " ")
        .replaceAll("<p>", "")
        .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replace("|", "\\|")
        .replaceAll("\\s+", " ")
        .trim();
  }
}
