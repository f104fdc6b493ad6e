package org.atoll.abi.protocol;

import java.util.List;
import org.atoll.abi.ProtocolCall;
import org.jspecify.annotations.Nullable;

/** The system's own protocols: what a trace or a reference page calls a message. */
public final class Protocols {

  /**
   * A protocol: a range of 256 numbers.
   *
   * @param name who answers its calls
   * @param first the first number of its range
   * @param calls its calls, in the order of their numbers
   */
  public record Protocol(String name, int first, List<ProtocolCall> calls) {

    /** Numbers in a range. */
    public static final int NUMBERS = 0x100;

    private @Nullable ProtocolCall call(int number) {
      int index = number - first;
      ProtocolCall call = index >= 0 && index < calls.size() ? calls.get(index) : null;
      return call != null && call.number() == number ? call : null;
    }
  }

  /** The first number that is none of the system's: services and programs have theirs from here. */
  public static final int FIRST_OWN = 0x4000;

  private static final List<Protocol> ALL =
      List.of(
          new Protocol("kernel", 0x100, List.of(KernelProtocol.Call.values())),
          new Protocol("process", 0x200, List.of(ProcessProtocol.Call.values())),
          new Protocol("pm", 0x300, List.of(PmProtocol.Call.values())),
          new Protocol("vm", 0x400, List.of(VmProtocol.Call.values())),
          new Protocol("vfs", 0x500, List.of(VfsProtocol.Call.values())),
          new Protocol("fs", 0x600, List.of(FsProtocol.Call.values())),
          new Protocol("console", 0x700, List.of(ConsoleProtocol.Call.values())),
          new Protocol("rs", 0x800, List.of(RsProtocol.Call.values())),
          new Protocol("device", 0x900, List.of(DeviceProtocol.Call.values())),
          new Protocol("tty", 0xa00, List.of(TtyProtocol.Call.values())),
          new Protocol("sched", 0xb00, List.of(SchedProtocol.Call.values())),
          new Protocol("ds", 0xc00, List.of(DsProtocol.Call.values())),
          new Protocol("is", 0xd00, List.of(IsProtocol.Call.values())),
          new Protocol("socket", 0xe00, List.of(SocketProtocol.Call.values())),
          new Protocol("events", EventProtocol.FIRST, List.of(EventProtocol.Call.values())),
          new Protocol("net", 0x1000, List.of(NetProtocol.Call.values())),
          new Protocol("outside", 0x1100, List.of(OutsideProtocol.Call.values())),
          new Protocol("arrivals", 0x1200, List.of(ArrivalProtocol.Call.values())));

  private Protocols() {}

  /** Every protocol, in the order of its numbers. */
  public static List<Protocol> all() {
    return ALL;
  }

  /** The call with that number, or null; the type of an answer is none. */
  public static @Nullable ProtocolCall byNumber(int number) {
    for (Protocol protocol : ALL) {
      ProtocolCall call = protocol.call(number);
      if (call != null) {
        return call;
      }
    }
    return null;
  }
}
