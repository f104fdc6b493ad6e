package org.atoll.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NodeProfileTest {

  @Test
  void whatTheKernelDoesForAServerIsTheServers() {
    Stream<String> stack =
        Stream.of(
            "java.lang.invoke.VarHandle",
            "org.atoll.kernel.TurnKernelCalls",
            "org.atoll.servers.net.Ring",
            "org.atoll.kernel.Cpu");
    assertEquals("server net", NodeProfile.room(stack));
  }

  @Test
  void guestCodeIsTheVirtualCpus() {
    assertEquals(
        "virtual CPU",
        NodeProfile.room(
            Stream.of("org.atoll.vcpu.Interpreter", "org.atoll.libposix.PosixThread")));
  }

  @Test
  void whatIsDoneForNobodyIsTheKernels() {
    assertEquals("kernel", NodeProfile.room(Stream.of("org.atoll.kernel.Cpu")));
  }
}
