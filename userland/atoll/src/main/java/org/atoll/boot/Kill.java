package org.atoll.boot;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The death of a node of a simulation.
 *
 * @param node which one, from 1 on: without node 0 there is no VOS
 * @param nanos when, in virtual time from the start of the simulation
 */
public record Kill(int node, long nanos) {

  private static final Pattern FORM =
      Pattern.compile("([1-9][0-9]?)@([0-9]{1,5}(?:\\.[0-9]{1,9})?)");
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Reads {@code NODE@SECONDS}.
   *
   * @throws IllegalArgumentException with a line for the person
   */
  public static Kill parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not NODE@SECONDS, such as 1@0.25, with a node from 1 on");
    }
    double seconds = Double.parseDouble(form.group(2));
    return new Kill(Integer.parseInt(form.group(1)), Math.round(seconds * NANOS_PER_SECOND));
  }
}
