package org.atoll.libposix.strace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The arguments of a system call as its row declares them.
 *
 * <p>The notation: names separated by blanks, each optionally with {@code :kind}; {@code :>kind}
 * for what the call fills in and prints when it is answered; {@code [name]} behind the kind names
 * the argument that has its size; {@code =kind} is how the result prints. Kinds are those of {@link
 * Kinds}; an {@code int} when none is given.
 */
public final class Arguments {

  private record Argument(String name, String kindName, Kind kind, boolean filled, int size) {}

  /** The size is the result. */
  private static final int RESULT = -1;

  private final List<Argument> arguments = new ArrayList<>();
  private final Kind result;

  private Arguments(String declared) {
    Kind results = Kinds.of("long");
    List<String> tokens = Arrays.stream(declared.split(" ")).filter(t -> !t.isEmpty()).toList();
    List<String> names = names(declared);
    for (String token : tokens) {
      if (token.startsWith("=")) {
        results = Kinds.of(token.substring(1));
      } else {
        arguments.add(argument(token, names));
      }
    }
    result = results;
  }

  /** Reads the notation. */
  public static Arguments of(String declared) {
    return new Arguments(declared);
  }

  /** The names alone. */
  public static List<String> names(String declared) {
    return Arrays.stream(declared.split(" "))
        .filter(token -> !token.isEmpty() && !token.startsWith("="))
        .map(token -> token.split(":")[0])
        .toList();
  }

  private static Argument argument(String token, List<String> names) {
    int colon = token.indexOf(':');
    if (colon < 0) {
      return new Argument(token, "int", Kinds.of("int"), false, RESULT);
    }
    String kind = token.substring(colon + 1);
    boolean filled = kind.startsWith(">");
    int size = RESULT;
    int bracket = kind.indexOf('[');
    if (bracket >= 0) {
      size = names.indexOf(kind.substring(bracket + 1, kind.length() - 1));
      if (size < 0) {
        throw new IllegalArgumentException("no argument has the size of " + token);
      }
      kind = kind.substring(0, bracket);
    }
    String plain = filled ? kind.substring(1) : kind;
    return new Argument(token.substring(0, colon), plain, Kinds.of(plain), filled, size);
  }

  /** Whether an argument is of one of these kinds. */
  boolean any(List<String> kinds) {
    return arguments.stream().anyMatch(a -> kinds.contains(a.kindName));
  }

  /** The arguments that are known when the call is made; a comma follows when there are more. */
  public String given(Look look) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < arguments.size() && arguments.get(i).kind.shown(look); i++) {
      out.append(i == 0 ? "" : ", ");
      if (arguments.get(i).filled) {
        break;
      }
      print(out, i, look);
    }
    return out.toString();
  }

  /** The arguments that follow when the call was answered. */
  public String filled(Look look) {
    StringBuilder out = new StringBuilder();
    int first = 0;
    while (first < arguments.size() && !arguments.get(first).filled) {
      first++;
    }
    for (int i = first; i < arguments.size() && arguments.get(i).kind.shown(look); i++) {
      out.append(i == first ? "" : ", ");
      print(out, i, look);
    }
    return out.toString();
  }

  private void print(StringBuilder out, int index, Look look) {
    Argument argument = arguments.get(index);
    long value = look.argument(index);
    if (argument.filled && look.failed()) {
      Numbers.address(out, value);
      return;
    }
    long size = argument.size == RESULT ? look.result() : look.argument(argument.size);
    argument.kind.print(out, value, size, look);
  }

  /** The result behind the equals sign. */
  public String result(Look look) {
    StringBuilder out = new StringBuilder();
    if (look.failed()) {
      Results.failure(out, (int) -look.result());
    } else {
      result.print(out, look.result(), look.result(), look);
    }
    return out.toString();
  }
}
