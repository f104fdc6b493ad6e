package org.atoll.image.root;

import java.io.IOException;

/** What went wrong with an image, as one line for the person who asked for it. */
public final class ImageException extends IOException {
  private static final long serialVersionUID = 1L;

  public ImageException(String line) {
    super(line);
  }

  public ImageException(String line, Throwable cause) {
    super(line, cause);
  }
}
