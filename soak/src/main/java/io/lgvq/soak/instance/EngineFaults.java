package io.lgvq.soak.instance;

import io.lgvq.operators.Operator;
import io.lgvq.operators.OperatorException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The faults of one stage's engine: slow, or failing for a number of calls.
 *
 * <p>Threading: set on the command thread, felt on stream threads.
 */
final class EngineFaults {

  private final String stage;
  private final Traps traps;
  private final AtomicInteger failing = new AtomicInteger();
  private volatile long slowMillis;

  EngineFaults(String stage, Traps traps) {
    this.stage = stage;
    this.traps = traps;
  }

  /** The next calls fail. */
  void fail(int calls) {
    failing.set(calls);
  }

  /** The next call takes so much longer. */
  void slow(long millis) {
    slowMillis = millis;
  }

  /**
   * An operator that does what the other does, and has these faults.
   *
   * @param type the interface that the stage knows it by
   */
  <T extends Operator<?, ?>> T with(Class<T> type, T operator) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("apply")) {
                beforeBatch();
              }
              try {
                return method.invoke(operator, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private void beforeBatch() throws InterruptedException {
    traps.at("batch");
    long millis = slowMillis;
    if (millis > 0) {
      slowMillis = 0;
      News.say(News.ENGINE, stage + " slow");
      Thread.sleep(millis);
    }
    if (failing.getAndUpdate(calls -> Math.max(0, calls - 1)) > 0) {
      News.say(News.ENGINE, stage + " fails");
      throw new OperatorException("the engine of " + stage + " was told to fail", null);
    }
  }
}
