package dev.latchkey;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A program that uses a manager and never closes it; run in a JVM of its own. Its server is a thread that is a daemon. */
final class WithoutClose {
    private WithoutClose() {}

    public static void main(String[] args) throws Exception {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        CountDownLatch silent = new CountDownLatch(1);
        Thread serving = new Thread(() -> serve(server, silent));
        serving.setDaemon(true);
        serving.start();
        TokenManager tokens = TokenManager.builder("http://127.0.0.1:" + server.getLocalPort() + "/token")
                .clientId("c")
                .signingKey(Fixtures.KEY)
                .build();
        tokens.token();
        var unused = tokens.scope("other").tokenAsync();
        if (!silent.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("no second request");
        }
        try (var out = new FileOutputStream(FileDescriptor.out)) {
            out.write(("END " + System.currentTimeMillis() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Answers the first connection and leaves the next request without an answer. */
    private static void serve(ServerSocket server, CountDownLatch silent) {
        try (Socket first = server.accept()) {
            byte[] request = new byte[64 * 1024];
            int read = first.getInputStream().read(request);
            String body = "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":300}";
            first.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                    + body)
                            .getBytes(StandardCharsets.US_ASCII));
            first.getOutputStream().flush();
            first.shutdownOutput();
            Socket second = server.accept();
            silent.countDown();
            if (read + second.getInputStream().read(request) > 0) {
                new CountDownLatch(1).await();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
