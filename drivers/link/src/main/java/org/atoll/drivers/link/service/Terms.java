package org.atoll.drivers.link.service;

/**
 * Which services the links of a VOS have; the same for all of them.
 *
 * @param packing whether frames are packed by LZ4
 * @param shape what the links are slowed down to
 */
public record Terms(boolean packing, Shape shape) {

  /** No services. */
  public static final Terms NONE = new Terms(false, Shape.NONE);

  /** With packing on or off. */
  public Terms withPacking(boolean on) {
    return new Terms(on, shape);
  }

  /** With another shape. */
  public Terms withShape(Shape other) {
    return new Terms(packing, other);
  }
}
