package io.lgvq.training;

/** How PyTorch is to run in this process. It reads that once, when it is first used. */
final class TorchThreads {

  private TorchThreads() {}

  /**
   * Nothing is fetched, and no two operations run at once.
   *
   * @param threads of one operation
   */
  static void use(int threads) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.default_engine", "PyTorch");
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
  }
}
