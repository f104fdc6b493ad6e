package org.atoll.drivers.link.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.atoll.drivers.link.session.PacketLink.Deaths;
import org.atoll.hypercall.Transport;
import org.atoll.hypercall.sim.Simulation;
import org.atoll.hypercall.sim.Steppable;

/** A node that sends numbered frames to another and writes down what happens to it. */
final class CountingNode implements Steppable, Transport.Receiver {

  final List<String> log;
  final List<Integer> received = new ArrayList<>();
  private final Simulation simulation;
  private final PacketLink transport;
  private final int nodes;
  private final int node;
  private final int peer;
  private int frameBytes;
  private int toSend;
  private int sent;
  private boolean up;
  private boolean stuck;
  int timesStuck;
  int misses;

  CountingNode(Simulation simulation, List<String> log, int node, int nodes, Deaths deaths) {
    this.simulation = simulation;
    this.log = log;
    this.node = node;
    this.nodes = nodes;
    peer = (node + 1) % nodes;
    transport = new PacketLink(simulation.packets(node), nodes, deaths);
    transport.receiver(this);
  }

  CountingNode sends(int frames, int bytes) {
    toSend = frames;
    frameBytes = bytes;
    return this;
  }

  @Override
  public int node() {
    return node;
  }

  @Override
  public boolean step() {
    int before = log.size();
    simulation.host(node).eventWait(0).poll();
    boolean heard = log.size() > before;
    return up && !stuck && toSend > 0 ? send() : heard;
  }

  private boolean send() {
    ByteBuffer frame = transport.claim(peer, frameBytes);
    if (frame == null) {
      stuck = true;
      timesStuck++;
      return true;
    }
    frame.putInt(sent);
    transport.commit(peer);
    transport.flush();
    log.add(node + " sends " + sent + " at " + simulation.host(node).monotonicNanos());
    sent++;
    toSend--;
    return true;
  }

  @Override
  public long nextDeadlineNanos() {
    return NO_DEADLINE;
  }

  @Override
  public void frame(int from, ByteBuffer frame) {
    int number = frame.getInt();
    if (from == (node + nodes - 1) % nodes) {
      received.add(number);
    }
    log.add(node + " gets " + number + " at " + simulation.host(node).monotonicNanos());
  }

  @Override
  public void nodeUp(int other) {
    up |= other == peer;
    log.add(node + " sees " + other);
  }

  @Override
  public void nodeDown(int other, String reason) {
    up &= other != peer;
    toSend = up ? toSend : 0;
    misses++;
    log.add(node + " misses " + other);
  }

  @Override
  public void writable(int other) {
    stuck = false;
    log.add(node + " may send");
  }
}
