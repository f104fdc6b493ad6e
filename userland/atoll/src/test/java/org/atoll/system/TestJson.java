package org.atoll.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON (RFC 8259) strictly: maps, lists, strings; numbers and literals as text. */
final class TestJson {

  private final String text;
  private int at;

  private TestJson(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    TestJson json = new TestJson(text);
    Object value = json.value();
    if (json.peek() != 0) {
      throw json.broken();
    }
    return value;
  }

  private Object value() {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> plain();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    take('{');
    while (peek() != '}') {
      if (!members.isEmpty()) {
        take(',');
      }
      String name = string();
      take(':');
      members.put(name, value());
    }
    take('}');
    return members;
  }

  private List<Object> array() {
    List<Object> items = new ArrayList<>();
    take('[');
    while (peek() != ']') {
      if (!items.isEmpty()) {
        take(',');
      }
      items.add(value());
    }
    take(']');
    return items;
  }

  private String string() {
    take('"');
    StringBuilder value = new StringBuilder();
    while (text.charAt(at) != '"') {
      value.append(text.charAt(at) == '\\' ? text.charAt(++at) : text.charAt(at));
      at++;
    }
    take('"');
    return value.toString();
  }

  private String plain() {
    int start = at;
    while (at < text.length() && "+-.0123456789aeflnrstuE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at == start) {
      throw broken();
    }
    return text.substring(start, at);
  }

  private char peek() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void take(char wanted) {
    if (peek() != wanted) {
      throw broken();
    }
    at++;
  }

  private AssertionError broken() {
    return new AssertionError("no JSON at character " + at);
  }
}
