/** What commands share that work on a Kafka of your own: the properties of {@code serve}. */
package io.lgvq.cli.kafka;
