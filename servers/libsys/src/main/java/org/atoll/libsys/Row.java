package org.atoll.libsys;

/**
 * A continuation: where to go on (a step of the server's own numbering), and the words needed
 * there.
 *
 * <p>A flyweight that {@link Rows} fills; valid until the same table is asked for another row.
 */
public final class Row {

  /** Words of a row. */
  public static final int WORDS = 7;

  /** The call, request or other number that the row is kept under. */
  public long key;

  /** What is to be done. */
  public int step;

  public long w0;
  public long w1;
  public long w2;
  public long w3;
  public long w4;
  public long w5;
  public long w6;

  Row() {}
}
