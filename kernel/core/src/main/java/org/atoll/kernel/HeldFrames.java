package org.atoll.kernel;

import java.util.HashMap;
import java.util.Map;
import org.atoll.hypercall.memory.Frames;

/**
 * The references to frames that a task holds which can begin anew: with its state it forgets them.
 * What it held before it was watched is not in here. Owner: the holder of the task's run token.
 */
final class HeldFrames {

  private Map<Integer, Integer> references = new HashMap<>();

  /** One reference more. */
  void hold(int frame) {
    references.merge(frame, 1, Integer::sum);
  }

  /** One reference less: it was released, or is another's now. */
  void let(int frame) {
    references.computeIfPresent(frame, (key, held) -> held == 1 ? null : held - 1);
  }

  /** What gives back all that is held by now; from now on nothing is. */
  Runnable release(Frames frames) {
    Map<Integer, Integer> all = references;
    references = new HashMap<>();
    return () ->
        all.forEach((frame, held) -> {
          for (int i = 0; i < held; i++) {
            frames.release(frame);
          }
        });
  }
}
