package org.atoll.image.debian;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of apt.conf(5) that have one value, such as {@code Acquire::http::Proxy}. Names have
 * no case; a later setting goes over an earlier one; lists are not kept.
 */
public final class AptConf {
  private static final Pattern TOKEN =
      Pattern.compile(
          "//[^\\n]*|/\\*.*?\\*/|#(?!clear\\b|include\\b)[^\\n]*|\"((?:[^\"\\\\]|\\\\.)*)\"|([{};])|([^\\s{};\"]+)",
          Pattern.DOTALL);

  private final Map<String, String> values = new LinkedHashMap<>();

  /** Adds what a file says. */
  public void add(String text) {
    Matcher token = TOKEN.matcher(text);
    Deque<String> scopes = new ArrayDeque<>(List.of(""));
    String name = "";
    while (token.find()) {
      String word = token.group(1) != null ? token.group(1) : token.group(3);
      if (token.group(2) != null) {
        changeScope(scopes, token.group(2), name);
        name = "";
      } else if (token.group(3) != null && name.isEmpty()) {
        name = word;
      } else if (word != null && !name.isEmpty()) {
        values.put(key(scopes.element(), name), word);
      }
    }
  }

  /** The value of a setting, its names joined by {@code ::}. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name.toLowerCase(Locale.ROOT)));
  }

  /** Whether a setting is switched off, in one of the words that apt knows for it. */
  public boolean isOff(String name) {
    return get(name).filter(v -> v.matches("(?i)no|false|without|off|disable|0")).isPresent();
  }

  private static String key(String scope, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return scope.isEmpty() ? lower : scope + "::" + lower;
  }

  private static void changeScope(Deque<String> scopes, String mark, String name) {
    if (mark.equals("{")) {
      scopes.push(key(scopes.element(), name));
    } else if (mark.equals("}") && scopes.size() > 1) {
      scopes.pop();
    }
  }
}
