package io.lgvq.topology.claimcheck;

import java.io.IOException;

/** A host answered that it cannot, for the moment or at all. */
final class HostErrorException extends IOException {

  private static final long serialVersionUID = 1L;

  HostErrorException(int status) {
    super("the host answered with status " + status);
  }
}
