package org.atoll.drivers.link.talk;

import org.atoll.drivers.link.service.Terms;

/**
 * What a node says of itself.
 *
 * @param node its number
 * @param pid of its process, on its machine
 * @param machine the machine's host name
 * @param terms the services that its links have
 */
public record NodeRow(int node, long pid, String machine, Terms terms) {}
