package org.atoll.boot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** A time on a track of a task: a call that it makes, or one that it answers. */
final class ChromeSlice {

  final long begin;
  final long end;
  final String name;
  final String result;

  /** The task at the other end. */
  int other;

  /** Which of the task's tracks it is on, from 0. */
  int lane;

  /** Where it is written: its node. */
  int node;

  /** Where it is written: the number of its track. */
  int thread;

  ChromeSlice(long begin, long end, String name, String result) {
    this.begin = begin;
    this.end = end;
    this.name = name;
    this.result = result;
  }

  /**
   * Puts slices on as few tracks as they need: on one, a slice is within another or beside it.
   *
   * @return how many tracks
   */
  static int spread(List<ChromeSlice> slices) {
    slices.sort(
        Comparator.comparingLong((ChromeSlice s) -> s.begin).thenComparingLong(s -> -s.end));
    List<Deque<ChromeSlice>> lanes = new ArrayList<>();
    for (ChromeSlice slice : slices) {
      int lane = 0;
      while (lane < lanes.size() && !fits(lanes.get(lane), slice)) {
        lane++;
      }
      if (lane == lanes.size()) {
        lanes.add(new ArrayDeque<>());
      }
      lanes.get(lane).push(slice);
      slice.lane = lane;
    }
    return lanes.size();
  }

  private static boolean fits(Deque<ChromeSlice> around, ChromeSlice slice) {
    while (!around.isEmpty() && around.element().end <= slice.begin) {
      around.pop();
    }
    return around.isEmpty() || around.element().end >= slice.end;
  }
}
