package io.lgvq.topology.claimcheck;

/** A body has more bytes than may be read of it. */
final class TooLongException extends Exception {

  private static final long serialVersionUID = 1L;

  TooLongException(long most) {
    super("more than the declared %d bytes came".formatted(most));
  }
}
