package org.atoll.hypercall.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.atoll.hypercall.Transport;

/** A node that sends numbered frames to another and writes down what happens to it. */
final class TestNode implements Steppable, Transport.Receiver {

  final List<String> log;
  final List<Integer> received = new ArrayList<>();
  private final Simulation simulation;
  private final int node;
  private final int peer;
  private final int frameBytes;
  private int toSend;
  private int sent;
  private boolean up;
  private boolean stuck;
  int timesStuck;

  TestNode(
      Simulation simulation, List<String> log, int node, int peer, int toSend, int frameBytes) {
    this.simulation = simulation;
    this.log = log;
    this.node = node;
    this.peer = peer;
    this.toSend = toSend;
    this.frameBytes = frameBytes;
    simulation.transport(node).receiver(this);
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
    Transport transport = simulation.transport(node);
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
    received.add(number);
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
    toSend = 0;
    log.add(node + " misses " + other);
  }

  @Override
  public void writable(int other) {
    stuck = false;
    log.add(node + " may send");
  }
}
