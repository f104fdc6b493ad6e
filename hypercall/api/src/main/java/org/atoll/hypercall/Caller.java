package org.atoll.hypercall;

/**
 * Who makes hypercalls: its name in traces, and what it may ask of the host.
 *
 * @param name of the task
 * @param rights the hypercalls that it may make, see {@link Hypercall#right}
 */
public record Caller(String name, long rights) {}
