package io.lgvq.soak.fault;

/** Is told when a fault strikes. */
public interface Moment {

  /** It strikes now: the clock of its recovery starts, and there must be work left. */
  void strikes() throws InterruptedException;

  /**
   * Time passes while it lasts; whoever ends by itself meanwhile is started again.
   *
   * @param millis how long
   */
  void lasts(long millis) throws InterruptedException;

  /** It did not come to what was meant: the moment never came, or what was broken was not felt. */
  void missed();
}
