package io.lgvq.schemas.registry;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only moves when someone waits or a test moves it. */
final class ManualWaiting implements Waiting {

  private final AtomicLong now = new AtomicLong(1_000_000);
  private final List<Long> sleeps = new CopyOnWriteArrayList<>();

  @Override
  public long millis() {
    return now.get();
  }

  @Override
  public void sleep(long millis) {
    sleeps.add(millis);
    now.addAndGet(millis);
  }

  void advance(long millis) {
    now.addAndGet(millis);
  }

  List<Long> sleeps() {
    return sleeps;
  }
}
