/** Kafka serializers and deserializers for Avro records in Confluent's wire format. */
package io.lgvq.schemas.serde;
