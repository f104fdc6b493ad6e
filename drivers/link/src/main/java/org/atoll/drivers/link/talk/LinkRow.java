package org.atoll.drivers.link.talk;

/**
 * One direction of a link, as its sender counts it.
 *
 * @param from the sender
 * @param to the other node
 * @param via what carries bytes: the kind of the door
 * @param roundTripNanos smoothed; 0 when it is not known yet
 * @param frames that were sent, each once
 * @param bytes of those frames, without heads
 * @param wireBytes that were sent: with heads, signs and what was sent again, after packing
 */
public record LinkRow(
    int from, int to, String via, long roundTripNanos, long frames, long bytes, long wireBytes) {}
