package io.lgvq.soak.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP connection to a loopback port that can be cut: a listener whose clients are put through to
 * the port as long as the wire holds.
 *
 * <p>Threading: safe for use by several threads; two threads a connection move the bytes.
 * Ownership: whoever opened it closes it.
 */
public final class Wire implements AutoCloseable {

  private static final int STACK = 128 * 1024;
  private static final int BUFFER = 32 * 1024;

  private enum State {
    WHOLE,
    SILENT,
    SEVERED
  }

  private final int target;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Object change = new Object();
  private State state = State.WHOLE;

  private Wire(int target, ServerSocket server) {
    this.target = target;
    this.server = server;
    thread("accept", this::accept);
  }

  /**
   * Opens a wire.
   *
   * @param target loopback port at the other end, which need not be open yet
   */
  public static Wire to(int target) {
    try {
      return new Wire(target, new ServerSocket(0, 256, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException("no port for a wire", e);
    }
  }

  /** The loopback port of this end. */
  public int port() {
    return server.getLocalPort();
  }

  /** Nothing goes through any more, and nobody is told: what a lost network looks like. */
  public void silence() {
    become(State.SILENT);
  }

  /** All connections are closed, and new ones, too: what a closed firewall looks like. */
  public void sever() {
    become(State.SEVERED);
    sockets.forEach(Wire::closeQuietly);
  }

  /** All goes through again, what was on its way first. */
  public void mend() {
    become(State.WHOLE);
  }

  @Override
  public void close() {
    closeQuietly(server);
    sever();
  }

  private void become(State next) {
    synchronized (change) {
      state = next;
      change.notifyAll();
    }
  }

  private boolean isSevered() {
    synchronized (change) {
      return state == State.SEVERED;
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        if (isSevered()) {
          closeQuietly(near);
        } else {
          thread("connect", () -> connect(near));
        }
      } catch (IOException e) {
        // Closed, or a client that went away before it was here.
      }
    }
  }

  private void connect(Socket near) {
    sockets.add(near);
    try {
      awaitWhole();
      var far = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(far);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      thread("back", () -> move(far, near));
      move(near, far);
    } catch (IOException e) {
      // The other end is down: the client learns it as it would without a wire.
      forget(near);
    }
  }

  private void move(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitWhole();
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One of the two ends has closed: so does the other.
    } finally {
      forget(from);
      forget(to);
    }
  }

  /** Waits as long as the wire is silent. */
  private void awaitWhole() throws IOException {
    synchronized (change) {
      while (state == State.SILENT) {
        try {
          change.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", e);
        }
      }
      if (state == State.SEVERED) {
        throw new IOException("severed");
      }
    }
  }

  private void forget(Socket socket) {
    closeQuietly(socket);
    sockets.remove(socket);
  }

  private void thread(String name, Runnable work) {
    var thread = new Thread(null, work, "wire-" + name, STACK);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable closed) {
    try {
      closed.close();
    } catch (Exception e) {
      // It is closed all the same.
    }
  }
}
