package io.lgvq.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Asks the operating system for a loopback port that nobody uses at the moment. */
public final class FreePort {

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
}
