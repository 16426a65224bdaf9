package io.lgvq.topology.stage;

import java.util.List;
import org.apache.kafka.streams.Topology;

/**
 * One Kafka Streams application: one operator between topics.
 *
 * <p>Stages are immutable and can be shared by threads. They borrow their operator: whoever opened
 * it closes it, after the streams that run {@link #topology()} have ended.
 */
public interface Stage {

  /**
   * What it is called in configuration, metrics and application ids, for instance {@code tokenize}.
   */
  String name();

  /**
   * The topics that it reads. Where there are several they are copartitioned: the same key is in
   * the same partition number of each, so their partition counts must be equal.
   */
  List<String> inputs();

  /** The topics that it writes, dead letters last. */
  List<String> outputs();

  /** A new topology with state of its own; call it once a Kafka Streams instance. */
  Topology topology();
}
