package io.lgvq.topology.stage;

import org.apache.kafka.streams.Topology;

/**
 * One Kafka Streams application: one operator between topics.
 *
 * <p>Stages are immutable and can be shared by threads. They borrow their operator: whoever opened
 * it closes it, after the streams that run {@link #topology()} have ended.
 */
public interface Stage extends StageFlow {

  /** A new topology with state of its own; call it once a Kafka Streams instance. */
  Topology topology();
}
