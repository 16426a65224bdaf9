package io.lgvq.schemas.registry;

/** Time, as the client feels it: a clock and a way to wait. Tests bring their own. */
interface Waiting {

  /** The machine's clock and {@link Thread#sleep}. */
  Waiting SYSTEM =
      new Waiting() {
        @Override
        public long millis() {
          return System.nanoTime() / 1_000_000;
        }

        @Override
        public void sleep(long millis) throws InterruptedException {
          Thread.sleep(millis);
        }
      };

  /** Milliseconds since some fixed moment; never goes back. */
  long millis();

  /** Waits for {@code millis} milliseconds. */
  void sleep(long millis) throws InterruptedException;
}
