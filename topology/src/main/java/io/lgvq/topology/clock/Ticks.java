package io.lgvq.topology.clock;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * A wall-clock punctuation that comes only while somebody waits for it. Kafka Streams commits after
 * each one, also where it did nothing: a tick that never stops would make transactions of an idle
 * stage, as many as the commit interval allows.
 *
 * <p>Ownership: a processor that is closed lets them come no longer, for Kafka Streams keeps the
 * punctuations of a task that it suspends.
 *
 * <p>Threading: for the stream thread of its processor.
 */
public final class Ticks {

  private final Duration every;
  private final Punctuator punctuator;
  private ProcessorContext<?, ?> context;
  private Optional<Cancellable> coming = Optional.empty();

  /**
   * @param every time between two ticks, and before the first; at least 1 ms
   * @param punctuator called at each tick
   */
  public Ticks(Duration every, Punctuator punctuator) {
    this.every = every;
    this.punctuator = punctuator;
  }

  /**
   * Must be called first, as the processor is initialized: again where its task was suspended and
   * goes on. None come yet.
   *
   * @param processor its context
   */
  public void in(ProcessorContext<?, ?> processor) {
    comeWhile(false);
    context = processor;
  }

  /** Lets them come while there is something to wait for, and no longer. */
  public void comeWhile(boolean awaited) {
    if (awaited && coming.isEmpty()) {
      coming = Optional.of(context.schedule(every, PunctuationType.WALL_CLOCK_TIME, punctuator));
    } else if (!awaited) {
      coming.ifPresent(Cancellable::cancel);
      coming = Optional.empty();
    }
  }
}
