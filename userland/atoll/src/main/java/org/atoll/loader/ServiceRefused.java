package org.atoll.loader;

import java.io.IOException;

/** Why a service cannot be loaded; its message is for the person, one line or more. */
public final class ServiceRefused extends IOException {

  private static final long serialVersionUID = 1;

  ServiceRefused(String reason) {
    super(reason);
  }

  ServiceRefused(String reason, Throwable cause) {
    super(reason, cause);
  }
}
