package io.lgvq.topology.arrival;

/**
 * Where a record stands on the broker.
 *
 * @param topic name of the topic
 * @param partition number of the partition
 * @param offset position in it
 */
public record Origin(String topic, int partition, long offset) {}
