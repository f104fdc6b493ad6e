package org.atoll.boot.storm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.atoll.abi.Endpoint;
import org.atoll.hypercall.sim.SeededGenerator;

/** Whom the callers of a storm call: the servers, one a node, and the processes that move. */
final class Targets {

  private final List<Integer> servers = new ArrayList<>();
  private final List<Integer> roamers = new ArrayList<>();
  private final BitSet dead = new BitSet();

  /** By endpoints: any roamer dies with a node, wherever it was. */
  private boolean roamersMayBeDead;

  void addServer(int endpoint) {
    servers.add(endpoint);
  }

  void addRoamer(int endpoint) {
    roamers.add(endpoint);
  }

  List<Integer> roamers() {
    return roamers;
  }

  /** A node is dead, or will be: what is on it may not answer. */
  void nodeDies(int node) {
    dead.set(node);
    roamersMayBeDead = true;
  }

  /** Whether a node will not die. */
  boolean nodeLives(int node) {
    return !dead.get(node);
  }

  /** Whether that one certainly lives. */
  boolean lives(int endpoint) {
    return roams(endpoint) ? !roamersMayBeDead : !dead.get(Endpoint.home(endpoint));
  }

  /** Whether it is one of those that move. */
  boolean roams(int endpoint) {
    return roamers.contains(endpoint);
  }

  int any(SeededGenerator chance) {
    int which = chance.below(servers.size() + roamers.size());
    return which < servers.size() ? servers.get(which) : roamers.get(which - servers.size());
  }

  int anyServer(SeededGenerator chance) {
    return servers.get(chance.below(servers.size()));
  }

  /** Which task of the ledger a server is. */
  int numberOf(int server) {
    return servers.indexOf(server);
  }
}
