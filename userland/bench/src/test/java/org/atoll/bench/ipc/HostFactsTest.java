package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HostFactsTest {

  private static HostFacts facts(String machine, String commit) {
    JsonObject values = new JsonObject();
    values.addProperty("machine", machine);
    values.addProperty("link", 3);
    if (!commit.isEmpty()) {
      values.addProperty("commit", commit);
    }
    return new HostFacts(values);
  }

  private static String refusal(HostFacts there, HostFacts here) {
    return String.valueOf(assertThrows(IOException.class, () -> there.check(here)).getMessage());
  }

  @Test
  void twoMachinesOfOneCommitCanBeMeasured() throws Exception {
    facts("b", "1f+").check(facts("a", "1f"));
  }

  @Test
  void aCopyWithoutGitIsTakenAtItsWord() throws Exception {
    facts("b", "").check(facts("a", "1f"));
  }

  @Test
  void anotherAtollIsNamed() {
    assertEquals(
        "its Atoll is 1f (link 3), this one is 2e (link 3); they must be the same",
        refusal(facts("b", "1f"), facts("a", "2e")));
  }

  @Test
  void oneMachineIsNotTwo() {
    assertEquals(
        "that is this machine: without --hosts rows are between its processes",
        refusal(facts("a", "1f"), facts("a", "1f")));
  }
}
