package io.lgvq.topology.rig;

import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Processor;

/**
 * What the driver of a whole topology cannot do to a processor: its task is suspended and goes on.
 */
public record Suspension<K, V>(
    Processor<?, ?, K, V> processor, MockProcessorContext<K, V> context) {

  /** The processor's ticks that still come. */
  public List<CapturedPunctuator> comingTicks() {
    return context.scheduledPunctuators().stream().filter(tick -> !tick.cancelled()).toList();
  }

  /** Lets the time come, in wall-clock milliseconds, and one tick of each that still comes. */
  public void tickAt(long now) {
    context.setCurrentSystemTimeMs(now);
    comingTicks().forEach(tick -> tick.getPunctuator().punctuate(now));
  }

  /** A rebalance takes the task's partition away. */
  public void suspend() {
    processor.close();
  }

  /** The next one gives it back. */
  public void goOn() {
    processor.init(context);
  }
}
