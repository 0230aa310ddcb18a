package dev.latchkey;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A relay on loopback between a client and a server, which does to their bytes what networks do; it counts the POSTs that it sees. */
final class FaultProxy implements AutoCloseable {
    private static final byte[] POST = "POST /".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONNECT_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final int upstreamPort;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger posts = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> tunnels = new CopyOnWriteArrayList<>();
    private volatile Fault fault = Fault.none();

    /** What the end of the relay looks like to the client. */
    enum End {
        CLOSE,
        RESET,
        HALF_CLOSE,
        SILENCE
    }

    /**
     * What is done to a connection.
     *
     * @param name for messages
     * @param up how many bytes of requests pass before the end; -1 for all
     * @param down how many bytes of answers pass before the end; -1 for all
     * @param piece how many bytes of answers pass at once
     * @param pause how long each piece is kept back, and the close of the server too
     * @param end how it ends
     */
    record Fault(String name, long up, long down, int piece, Duration pause, End end) {
        static Fault none() {
            return new Fault("none", -1, -1, 16_384, Duration.ZERO, End.CLOSE);
        }

        static Fault latency(Duration pause) {
            return new Fault("latency", -1, -1, 16_384, pause, End.CLOSE);
        }

        static Fault slice(int bytes) {
            return new Fault("slices of " + bytes, -1, -1, bytes, Duration.ZERO, End.CLOSE);
        }

        static Fault dribble(Duration pause) {
            return new Fault("dribble", -1, -1, 1, pause, End.CLOSE);
        }

        static Fault requestCut(long bytes, End end) {
            return new Fault(end + " after " + bytes + " bytes of the request", bytes, -1, 16_384, Duration.ZERO, end);
        }

        static Fault answerCut(long bytes, End end) {
            return new Fault(end + " after " + bytes + " bytes of the answer", -1, bytes, 16_384, Duration.ZERO, end);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private FaultProxy(int upstreamPort) throws IOException {
        this.upstreamPort = upstreamPort;
        daemon(this::accept);
    }

    /** Relays to a port on loopback. */
    static FaultProxy to(int port) {
        try {
            return new FaultProxy(port);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** An HTTP proxy: it takes {@code CONNECT} for any host, and relays to a port on loopback whatever the port asked for is on. */
    static FaultProxy connect() {
        return to(0);
    }

    int port() {
        return listening.getLocalPort();
    }

    String origin() {
        return "http://127.0.0.1:" + port();
    }

    /** From now on, for open connections as well. */
    void fault(Fault next) {
        fault = next;
    }

    int posts() {
        return posts.get();
    }

    int connections() {
        return connections.get();
    }

    /** What clients said in clear to have a tunnel made, in order. */
    List<String> tunnels() {
        return tunnels;
    }

    private void accept() {
        while (over.getCount() > 0) {
            try {
                Socket client = listening.accept();
                connections.incrementAndGet();
                open.add(client);
                daemon(() -> relay(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void relay(Socket client) {
        try {
            int port = upstreamPort == 0 ? tunnel(client) : upstreamPort;
            Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
            open.add(server);
            client.setTcpNoDelay(true);
            daemon(() -> pump(new Pipe(client, server, client, true)));
            pump(new Pipe(server, client, client, false));
        } catch (IOException e) {
            drop(client, End.CLOSE);
        }
    }

    /** Reads {@code CONNECT host:port HTTP/1.1} and the headers behind it. */
    private int tunnel(Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        String end = new String(CONNECT_END, StandardCharsets.US_ASCII);
        while (head.indexOf(end) < 0) {
            int next = client.getInputStream().read();
            if (next < 0) {
                throw new IOException("no CONNECT");
            }
            head.append((char) next);
        }
        String[] words = head.toString().split(" ", 3);
        if (!words[0].equals("CONNECT")) {
            throw new IOException("no CONNECT");
        }
        tunnels.add(head.toString());
        client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return Integer.parseInt(words[1].substring(words[1].lastIndexOf(':') + 1));
    }

    private void pump(Pipe pipe) {
        try {
            pipe.run();
        } catch (IOException gone) {
            drop(pipe.from, End.CLOSE);
            drop(pipe.to, End.CLOSE);
        }
    }

    /** One direction of a connection. */
    private final class Pipe {
        private final Socket from;
        private final Socket to;
        private final Socket client;
        private final boolean upwards;
        private Fault seen = Fault.none();
        private long passed;
        private int matched;

        Pipe(Socket from, Socket to, Socket client, boolean upwards) {
            this.from = from;
            this.to = to;
            this.client = client;
            this.upwards = upwards;
        }

        void run() throws IOException {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[16_384];
            boolean passing = true;
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                count(bytes, read);
                passing = passing && pass(out, bytes, read);
            }
            pause(upwards ? Duration.ZERO : seen.pause());
            drop(from, End.CLOSE);
            drop(to, End.CLOSE);
        }

        /** Gives whether the relay goes on. */
        private boolean pass(OutputStream out, byte[] bytes, int read) throws IOException {
            for (int at = 0; at < read; ) {
                look();
                long limit = upwards ? seen.up() : seen.down();
                int piece = Math.min(read - at, upwards ? read : seen.piece());
                int kept = limit < 0 ? piece : (int) Math.min(piece, limit - passed);
                pause(upwards ? Duration.ZERO : seen.pause());
                out.write(bytes, at, kept);
                at += kept;
                passed += kept;
                if (limit >= 0 && passed >= limit) {
                    end();
                    return false;
                }
            }
            return true;
        }

        private void look() {
            Fault now = fault;
            if (!now.equals(seen)) {
                seen = now;
                passed = 0;
            }
        }

        /** Of an end that is none to the client, what is still said is swallowed until it goes. */
        private void end() throws IOException {
            if (seen.end() == End.HALF_CLOSE) {
                client.shutdownOutput();
            } else if (seen.end() != End.SILENCE) {
                drop(client, seen.end());
                drop(from, End.CLOSE);
                drop(to, End.CLOSE);
            }
        }

        private void count(byte[] bytes, int read) {
            for (int i = 0; upwards && i < read; i++) {
                matched = bytes[i] == POST[matched] ? matched + 1 : bytes[i] == POST[0] ? 1 : 0;
                if (matched == POST.length) {
                    posts.incrementAndGet();
                    matched = 0;
                }
            }
        }
    }

    private void pause(Duration pause) throws IOException {
        try {
            if (!pause.isZero() && over.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the proxy is closed");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void drop(Socket socket, End how) {
        open.remove(socket);
        try {
            if (how == End.RESET && !socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        over.countDown();
        try {
            listening.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        open.forEach(socket -> drop(socket, End.CLOSE));
    }
}
