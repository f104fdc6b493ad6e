package org.atoll.abi;

/** What the system says it is: uname(2) and what is under /proc/sys/kernel tell the same. */
public final class SystemName {

  /** Name of the system whose calls are answered. */
  public static final String SYSTEM = "Linux";

  /** Name of the machine. */
  public static final String HOST = "atoll";

  /** Release. */
  public static final String RELEASE = "6.12.0-atoll";

  /** Version. */
  public static final String VERSION = "#1 Atoll";

  /** Kind of processor. */
  public static final String MACHINE = "riscv64";

  /** NIS domain: there is none. */
  public static final String DOMAIN = "(none)";

  private SystemName() {}
}
