package org.atoll.libposix.strace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.atoll.libposix.Reference;
import org.junit.jupiter.api.Test;

class CallFilterTest {

  private static final Map<String, String> CALLS = Reference.calls();

  private static Set<String> of(String filter) {
    return CallFilter.of(filter, CALLS);
  }

  @Test
  void namesAreTakenAsTheyAre() {
    assertEquals(Set.of("openat", "read"), of("openat,read"));
    assertEquals(Set.of("read"), of("?open,read"));
    assertEquals(Set.of("read", "readv"), of("/^readv?$"));
  }

  @Test
  void aClassIsItsCalls() {
    assertTrue(of("%file").containsAll(Set.of("openat", "newfstatat", "execve")));
    assertTrue(of("%desc").containsAll(Set.of("read", "openat", "pipe2", "ppoll")));
    assertTrue(of("%process").containsAll(Set.of("clone", "wait4", "exit_group")));
    assertTrue(of("%signal").containsAll(Set.of("rt_sigaction", "kill", "sigaltstack")));
    assertTrue(of("%memory").containsAll(Set.of("mmap", "brk")));
    assertTrue(of("%network").contains("socket"));
    assertFalse(of("%network").contains("sendfile"));
    assertFalse(of("%file").contains("read"));
  }

  @Test
  void anExclamationMarkMeansAllOthers() {
    Set<String> others = of("!read,%memory");
    assertTrue(others.contains("write"));
    assertFalse(others.contains("read"));
    assertFalse(others.contains("mmap"));
    assertEquals(Set.of(), of("none"));
    assertEquals(CALLS.keySet(), of("all"));
  }

  @Test
  void whatDoesNotExistIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> of("foo"));
    assertThrows(IllegalArgumentException.class, () -> of("%foo"));
  }
}
