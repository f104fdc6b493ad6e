package org.atoll.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Message;
import org.atoll.abi.Turn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Implicit grants of every kind, and explicit ones. */
final class BuffersTest {

  private final TestNode test = new TestNode();

  @AfterEach
  void close() {
    test.close();
  }

  private static Message message(Turn turn) {
    return turn.scratch().set(7, 0, 0, 0, 0, 0, 0, 0);
  }

  private void raise(int endpoint) {
    test.node.channel(endpoint).raise();
    test.settle();
  }

  /** A server that answers with the in-buffer turned round. */
  private int reverser() {
    return test.server(
        "reverser",
        TestTask.serving((t, r, m) -> {
          int bytes = t.kernel().inBytes(r);
          byte[] in = new byte[bytes];
          byte[] out = new byte[bytes];
          t.kernel().copyIn(r, 0, in, 0, bytes);
          for (int i = 0; i < bytes; i++) {
            out[bytes - 1 - i] = in[i];
          }
          t.reply(r, t.kernel().copyOut(r, 0, out, 0, bytes));
        }));
  }

  @Test
  void stagedBytesGoThereAndBack() {
    int server = reverser();
    byte[] answer = new byte[4];
    TestTask client = new TestTask();
    client.whenAnswered.put(1L, t -> assertEquals(3, t.answerBytes(0, answer, 1, 3)));
    byte[] in = {1, 2, 3};
    client.start =
        t -> {
          t.callWithBytes(server, message(t), in, 3, 3);
          in[0] = 77;
        };
    raise(test.server("client", client));
    assertArrayEquals(new byte[] {0, 3, 2, 1}, answer);
    assertEquals(List.of("answered 7 3"), client.events);
  }

  @Test
  void lentBuffersAreWindowsAlsoWhenLentOnce() {
    int server = reverser();
    int inner = lender(server, 1);
    int outer = lender(inner, 1);
    byte[] answer = new byte[6];
    TestTask client = new TestTask();
    client.whenAnswered.put(1L, t -> t.answerBytes(0, answer, 0, 6));
    client.start = t -> t.callWithBytes(outer, message(t), new byte[] {1, 2, 3, 4, 5, 6}, 6, 6);
    raise(test.server("client", client));
    assertArrayEquals(new byte[] {0, 0, 4, 3, 0, 0}, answer);
  }

  /** A server that lends all but the first and last {@code margin} bytes to another. */
  private int lender(int to, int margin) {
    TestTask task = new TestTask();
    task.serve =
        (t, r, m) -> {
          int inBytes = t.kernel().inBytes(r) - 2 * margin;
          long call = t.callLending(to, message(t), r, margin, inBytes, margin, inBytes);
          assertEquals(-Errno.EINVAL, t.callLending(to, message(t), r, margin, inBytes + 2, 0, 0));
          task.whenAnswered.put(call, turn -> turn.reply(r, inBytes));
        };
    return test.server("lender", task);
  }

  @Test
  void aWindowIsClosedWhenTheLendersRequestIsAnswered() {
    TestTask keeper = new TestTask();
    List<Integer> results = new ArrayList<>();
    keeper.start =
        t -> results.add(t.kernel().copyOut(keeper.requests.getFirst(), 0, new byte[1], 0, 1));
    int server = test.server("keeper", keeper);
    TestTask lender = new TestTask();
    lender.serve =
        (t, r, m) -> {
          t.callLending(server, message(t), r, 0, 0, 0, 4);
          t.reply(r, 0);
        };
    int outer = test.server("lender", lender);
    raise(
        test.server(
            "client", TestTask.doing(t -> t.callWithBytes(outer, message(t), new byte[0], 0, 4))));
    raise(server);
    assertEquals(List.of(-Errno.EFAULT), results);
  }

  @Test
  void aFrameReceivesTheAnswer() {
    TestTask client = new TestTask();
    byte[] seen = new byte[3];
    int[] frame = new int[1];
    int server =
        test.server(
            "server",
            TestTask.serving((t, r, m) -> {
              t.kernel().copyOut(r, 0, new byte[] {4, 5}, 0, 2);
              t.reply(r, 2);
            }));
    client.start =
        t -> {
          frame[0] = t.kernel().frameAllocate();
          t.callWithFrame(server, message(t), frame[0], 100, 2);
          assertEquals(2, t.kernel().frameReferences(frame[0]));
        };
    client.whenAnswered.put(1L, t -> t.kernel().frameRead(frame[0], 99, seen, 0, 3));
    raise(test.server("client", client));
    assertArrayEquals(new byte[] {0, 4, 5}, seen);
    assertEquals(1, test.frames.references(frame[0]));
  }

  @Test
  void framesAreCopiedIntoAndOutOfBuffers() {
    int server =
        test.server(
            "server",
            TestTask.serving((t, r, m) -> {
              KernelCalls kernel = t.kernel();
              int frame = kernel.frameAllocate();
              assertEquals(3, kernel.copyInToFrame(r, 0, frame, 4093, 3));
              assertEquals(-Errno.EFAULT, kernel.copyInToFrame(r, 0, frame, 4094, 3));
              assertEquals(2, kernel.copyOutFromFrame(r, 1, frame, 4094, 2));
              kernel.frameRelease(frame);
              t.reply(r, 0);
            }));
    TestTask client = new TestTask();
    byte[] answer = new byte[3];
    client.whenAnswered.put(1L, t -> t.answerBytes(1, answer, 1, 2));
    client.start = t -> t.callWithBytes(server, message(t), new byte[] {1, 2, 3}, 3, 3);
    raise(test.server("client", client));
    assertArrayEquals(new byte[] {0, 2, 3}, answer);
  }

  @Test
  void whatACallDidNotWriteIsNoOtherCallsBytes() {
    int bytes = Limits.BUFFER_BYTES_MAX;
    byte[] ones = new byte[bytes];
    Arrays.fill(ones, (byte) 1);
    int server =
        test.server(
            "server",
            TestTask.serving((t, r, m) -> {
              if (t.kernel().inBytes(r) > 0) {
                t.kernel().copyOut(r, 0, ones, 0, bytes);
              } else {
                t.kernel().copyOut(r, 9, ones, 0, 1);
                t.kernel().copyOut(r, 1, ones, 0, 1);
                t.kernel().copyOut(r, 5, ones, 0, 1);
              }
              t.reply(r, 0);
            }));
    TestTask client = new TestTask();
    byte[] seen = new byte[10];
    client.start = t -> t.callWithBytes(server, message(t), ones, bytes, bytes);
    client.whenAnswered.put(1L, t -> t.callWithBytes(server, message(t), new byte[0], 0, bytes));
    client.whenAnswered.put(2L, t -> assertEquals(10, t.answerBytes(0, seen, 0, 10)));
    raise(test.server("client", client));
    assertArrayEquals(new byte[] {0, 1, 0, 0, 0, 1, 0, 0, 0, 1}, seen);
  }

  @Test
  void buffersAboveTheLimitAreRefused() {
    int server = reverser();
    List<Long> results = new ArrayList<>();
    raise(
        test.server(
            "client",
            TestTask.doing(t -> {
              int over = Limits.BUFFER_BYTES_MAX + 1;
              results.add(t.callWithBytes(server, message(t), new byte[over], over, 0));
              results.add(t.callWithBytes(server, message(t), new byte[1], 2, 0));
              results.add(t.callWithBytes(server, message(t), new byte[1], 1, -1));
            })));
    assertEquals(List.of(-22L, -22L, -22L), results);
  }

  @Test
  void aBufferIsOutOfReachForOthersAndAfterTheAnswer() {
    List<Integer> results = new ArrayList<>();
    TestTask server = new TestTask();
    server.serve = (t, r, m) -> t.reply(r, 0);
    server.start = t -> results.add(t.kernel().inBytes(server.requests.getFirst()));
    int endpoint = test.server("server", server);
    raise(
        test.server(
            "client",
            TestTask.doing(t -> t.callWithBytes(endpoint, message(t), new byte[4], 4, 0))));
    raise(endpoint);
    assertEquals(List.of(-Errno.EDEADSRCDST), results);
  }

  @Test
  void anExplicitGrantWorksForItsGranteeUntilItIsRevoked() {
    List<Integer> results = new ArrayList<>();
    int[] grant = new int[1];
    int[] frame = new int[1];
    TestTask granter = new TestTask();
    int granterEndpoint = test.server("granter", granter);
    TestTask grantee = new TestTask();
    grantee.start =
        t -> {
          KernelCalls kernel = t.kernel();
          byte[] bytes = {1, 2, 3, 4};
          results.add(kernel.safecopyTo(granterEndpoint, grant[0], 2, bytes, 0, 4));
          results.add(kernel.safecopyTo(granterEndpoint, grant[0], 7, bytes, 0, 4));
          results.add(kernel.safecopyFrom(granterEndpoint, grant[0], 0, bytes, 0, 4));
        };
    int granteeEndpoint = test.server("grantee", grantee);
    granter.start =
        t -> {
          frame[0] = t.kernel().frameAllocate();
          grant[0] =
              t.kernel().grantFrame(granteeEndpoint, frame[0], 8, 10, KernelCalls.GRANT_WRITE);
        };
    raise(granterEndpoint);
    raise(granteeEndpoint);
    assertEquals(List.of(4, -Errno.EFAULT, -Errno.EPERM), results);
    byte[] seen = new byte[4];
    test.frames.read(frame[0], 10, seen, 0, 4);
    assertArrayEquals(new byte[] {1, 2, 3, 4}, seen);

    granter.start = t -> assertEquals(0, t.kernel().revoke(grant[0]));
    raise(granterEndpoint);
    results.clear();
    raise(granteeEndpoint);
    assertEquals(List.of(-Errno.EPERM, -Errno.EPERM, -Errno.EPERM), results);
    assertEquals(1, test.frames.references(frame[0]));
  }
}
