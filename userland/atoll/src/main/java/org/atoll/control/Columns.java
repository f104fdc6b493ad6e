package org.atoll.control;

import java.util.List;

/** Rows of words, set in columns. */
public final class Columns {

  private Columns() {}

  /** The same rows with the words of a column under one another. */
  public static String of(String rows) {
    List<String[]> cells = rows.lines().map(row -> row.split(" ")).toList();
    int[] widths = new int[cells.isEmpty() ? 0 : cells.getFirst().length];
    for (String[] row : cells) {
      for (int i = 0; i < Math.min(widths.length, row.length); i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : cells) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        int width = i < widths.length ? widths[i] : 0;
        line.append(row[i]).repeat(' ', Math.max(0, width - row[i].length()) + 1);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
