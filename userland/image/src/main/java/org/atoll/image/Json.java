package org.atoll.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.atoll.image.root.ImageException;

/** A JSON value (RFC 8259), as manifests need it. Numbers and literals keep their text. */
sealed interface Json {
  /** An object; its members keep their order. */
  record Obj(Map<String, Json> members) implements Json {}

  /** An array. */
  record Arr(List<Json> items) implements Json {}

  /** A string. */
  record Text(String value) implements Json {}

  /** A number, true, false or null. */
  record Plain(String literal) implements Json {}

  static Json text(String value) {
    return new Text(value);
  }

  static Json number(long value) {
    return new Plain(Long.toString(value));
  }

  /** The member of an object; null as JSON has it when there is none. */
  default Json get(String name) {
    Json none = new Plain("null");
    return this instanceof Obj object ? object.members().getOrDefault(name, none) : none;
  }

  /** The items of an array; none for anything else. */
  default List<Json> items() {
    return this instanceof Arr array ? array.items() : List.of();
  }

  /** A string or the text of a literal; empty for anything else. */
  default String asText() {
    // No pattern switch here: its bootstrap would cost every start some milliseconds.
    if (this instanceof Text text) {
      return text.value();
    }
    return this instanceof Plain plain && !plain.literal().equals("null") ? plain.literal() : "";
  }

  /** A whole number; 0 for anything else. */
  default long asLong() {
    String text = asText();
    return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  /** The value as text, indented by two spaces a level. */
  default String write() {
    StringBuilder out = new StringBuilder();
    Writer.write(this, "\n", out);
    return out.append('\n').toString();
  }

  static Json parse(String text) throws ImageException {
    Parser parser = new Parser(text);
    Json value = parser.value(0);
    parser.end();
    return value;
  }

  /** Writes values. */
  final class Writer {
    private Writer() {}

    private static void write(Json value, String indent, StringBuilder out) {
      switch (value) {
        case Text(String text) -> quote(text, out);
        case Plain(String literal) -> out.append(literal);
        case Obj(Map<String, Json> members) -> {
          String comma = "";
          out.append('{');
          for (Map.Entry<String, Json> member : members.entrySet()) {
            out.append(comma).append(indent).append("  ");
            quote(member.getKey(), out);
            out.append(": ");
            write(member.getValue(), indent + "  ", out);
            comma = ",";
          }
          out.append(members.isEmpty() ? "}" : indent + "}");
        }
        case Arr(List<Json> items) -> {
          String comma = "";
          out.append('[');
          for (Json item : items) {
            out.append(comma).append(indent).append("  ");
            write(item, indent + "  ", out);
            comma = ",";
          }
          out.append(items.isEmpty() ? "]" : indent + "]");
        }
      }
    }

    private static void quote(String text, StringBuilder out) {
      out.append('"');
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '"' || c == '\\') {
          out.append('\\').append(c);
        } else if (c < ' ') {
          out.append("\\u00").append(Character.forDigit(c >> 4, 16));
          out.append(Character.forDigit(c & 15, 16));
        } else {
          out.append(c);
        }
      }
      out.append('"');
    }
  }

  /** Reads values by recursive descent. */
  final class Parser {
    private static final int DEPTH_MAX = 64;

    private final String text;
    private int at;

    private Parser(String text) {
      this.text = text;
    }

    private Json value(int depth) throws ImageException {
      if (depth > DEPTH_MAX) {
        throw broken();
      }
      return switch (peek()) {
        case '{' -> object(depth);
        case '[' -> array(depth);
        case '"' -> new Text(string());
        default -> plain();
      };
    }

    private void end() throws ImageException {
      if (peek() != 0) {
        throw broken();
      }
    }

    private Json object(int depth) throws ImageException {
      Map<String, Json> members = new LinkedHashMap<>();
      take('{');
      while (peek() != '}') {
        if (!members.isEmpty()) {
          take(',');
        }
        String name = string();
        take(':');
        members.put(name, value(depth + 1));
      }
      take('}');
      return new Obj(members);
    }

    private Json array(int depth) throws ImageException {
      List<Json> items = new ArrayList<>();
      take('[');
      while (peek() != ']') {
        if (!items.isEmpty()) {
          take(',');
        }
        items.add(value(depth + 1));
      }
      take(']');
      return new Arr(items);
    }

    private Json plain() throws ImageException {
      int start = at;
      while (at < text.length() && "+-.0123456789aeflnrstuE".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      if (at == start) {
        throw broken();
      }
      return new Plain(text.substring(start, at));
    }

    private String string() throws ImageException {
      take('"');
      StringBuilder value = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '"') {
        char c = text.charAt(at++);
        value.append(c == '\\' ? escaped() : c);
      }
      take('"');
      return value.toString();
    }

    private char escaped() throws ImageException {
      char c = at < text.length() ? text.charAt(at++) : 0;
      return switch (c) {
        case '"', '\\', '/' -> c;
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'u' -> unicode();
        default -> throw broken();
      };
    }

    private char unicode() throws ImageException {
      String digits = text.substring(at, Math.min(text.length(), at + 4));
      if (!digits.matches("[0-9a-fA-F]{4}")) {
        throw broken();
      }
      at += 4;
      return (char) Integer.parseInt(digits, 16);
    }

    private char peek() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return at < text.length() ? text.charAt(at) : 0;
    }

    private void take(char wanted) throws ImageException {
      if (peek() != wanted) {
        throw broken();
      }
      at++;
    }

    private ImageException broken() {
      return new ImageException("expected JSON and found something else at character " + at);
    }
  }
}
