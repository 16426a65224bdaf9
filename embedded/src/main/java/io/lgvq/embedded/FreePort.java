package io.lgvq.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Asks the operating system for a loopback port that nobody uses at the moment. */
public final class FreePort {

  // Systems take ports of outgoing connections from 32768 on, or higher.
  private static final int FIRST_LASTING = 20_000;
  private static final int END_LASTING = 32_000;
  private static final int TRIES = 1_000;

  private FreePort() {}

  /**
   * A free port; another process may take it before the caller does.
   *
   * @throws UncheckedIOException if there is none
   */
  public static int find() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free loopback port", e);
    }
  }

  /**
   * A free port that no outgoing connection will be given, for a server that goes down and wants
   * its port back.
   *
   * @throws UncheckedIOException if there is none
   */
  public static int findLasting() {
    IOException last = new IOException("never tried");
    for (int tried = 0; tried < TRIES; tried++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_LASTING, END_LASTING);
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        last = e;
      }
    }
    throw new UncheckedIOException(
        "no free loopback port in %d..%d".formatted(FIRST_LASTING, END_LASTING - 1), last);
  }
}
