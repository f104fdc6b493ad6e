package org.atoll.bench.ipc;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A unary call of 64 bytes to another process by gRPC, both sides on their transport's threads: no
 * other thread is woken for a request or an answer.
 */
final class GrpcPeer implements Subject {

  private static final int BYTES = 64;
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final String SERVICE = "atoll.Peer";

  /** Bytes as they are, so that no other library is measured. */
  private static final Marshaller<byte[]> AS_IT_IS =
      new Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private static final MethodDescriptor<byte[], byte[]> NEXT =
      MethodDescriptor.newBuilder(AS_IT_IS, AS_IT_IS)
          .setType(MethodType.UNARY)
          .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Next"))
          .build();

  private final OtherProcess other = new OtherProcess(GrpcPeer.class);
  private final ManagedChannel channel;
  private final Stopwatch watch = new Stopwatch(1);
  private final byte[] request = new byte[BYTES];
  private CompletableFuture<Boolean> done = new CompletableFuture<>();
  private long number;

  GrpcPeer() throws IOException {
    int port = Integer.parseInt(other.says());
    channel =
        NettyChannelBuilder.forAddress(new InetSocketAddress(LOOPBACK, port))
            .usePlaintext()
            .directExecutor()
            .build();
  }

  @Override
  public int batch() {
    return 1;
  }

  /** The first call is made here; each of the others where the answer before it has come. */
  @Override
  public void run(double[] nanos) throws IOException {
    CompletableFuture<Boolean> whenDone = new CompletableFuture<>();
    done = whenDone;
    watch.prepare(nanos);
    call();
    try {
      var _ = whenDone.join();
    } catch (CompletionException failed) {
      throw new IOException(failed.getCause());
    }
  }

  private void call() {
    if (watch.begin()) {
      ByteBuffer.wrap(request).putLong(0, number);
      var call = channel.newCall(NEXT, CallOptions.DEFAULT);
      ClientCalls.asyncUnaryCall(call, request, new Answer());
    } else {
      var _ = done.complete(true);
    }
  }

  /** What becomes of one call. Owner: the channel's event loop. */
  private final class Answer implements StreamObserver<byte[]> {
    private boolean right;

    @Override
    public void onNext(byte[] answer) {
      long got = ByteBuffer.wrap(answer).getLong(Long.BYTES);
      right = answer.length == BYTES && got == NullServer.next(number);
      number = got;
    }

    @Override
    public void onError(Throwable cause) {
      var _ = done.completeExceptionally(cause);
    }

    @Override
    public void onCompleted() {
      if (!right) {
        onError(new IllegalStateException("answered " + number));
        return;
      }
      watch.over();
      call();
    }
  }

  /** Threads of gRPC's, so nobody counts what they allocate. */
  @Override
  public Counters counters() throws IOException {
    return other.counters();
  }

  @Override
  public void close() throws IOException {
    channel.shutdownNow();
    other.close();
  }

  private static void answer(byte[] asked, StreamObserver<byte[]> to) {
    byte[] answer = new byte[BYTES];
    ByteBuffer.wrap(answer).putLong(Long.BYTES, NullServer.next(ByteBuffer.wrap(asked).getLong(0)));
    to.onNext(answer);
    to.onCompleted();
  }

  /** The other process. */
  public static void main(String[] arguments) throws IOException {
    Pinning.pinThisThread();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(LOOPBACK, 0))
            .directExecutor()
            .addService(
                ServerServiceDefinition.builder(SERVICE)
                    .addMethod(NEXT, ServerCalls.asyncUnaryCall(GrpcPeer::answer))
                    .build())
            .build()
            .start();
    OtherProcess.say(Integer.toString(server.getPort()));
    OtherProcess.awaitEnd();
    server.shutdownNow();
  }
}
