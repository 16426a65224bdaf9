package io.lgvq.soak.verify;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What was found, as much of it as anybody reads; the rest is counted. Threading: safe for use by
 * several threads.
 */
public final class Findings {

  private static final int KEPT = 100;

  private final List<Finding> kept = new ArrayList<>();
  private int count;

  /** Adds a finding. */
  public synchronized void add(Finding finding) {
    count++;
    if (kept.size() < KEPT) {
      kept.add(finding);
    }
  }

  void add(String what, String record, ConsumerRecord<?, ?> output, String detail) {
    String place = "%s-%d@%d".formatted(output.topic(), output.partition(), output.offset());
    add(new Finding(what, record, place, detail));
  }

  /** The first findings. */
  public synchronized List<Finding> kept() {
    return List.copyOf(kept);
  }

  /** How many there are in all. */
  public synchronized int count() {
    return count;
  }
}
