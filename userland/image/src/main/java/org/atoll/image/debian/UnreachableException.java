package org.atoll.image.debian;

import java.io.IOException;

/** The mirror could not be reached or broke off, which says nothing about what it has. */
public final class UnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreachableException(String line, Throwable cause) {
    super(line, cause);
  }
}
