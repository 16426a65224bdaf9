package io.lgvq.schemas.problem;

import org.apache.kafka.common.errors.SerializationException;

/**
 * Whatever can go wrong between a record and its bytes, told apart by what a caller should do.
 *
 * <ul>
 *   <li>{@link UnreadableRecordException}: this record is bad, the next may be good: dead letter.
 *   <li>{@link UnwritableRecordException}: our own record breaks its schema: a bug of the sender.
 *   <li>{@link SchemaRefusedException}: the registry answered and said no: an operator must act.
 *   <li>{@link RegistryUnavailableException}: nobody answered: wait and try again, lose nothing.
 *   <li>{@link RegistryAccessException}: credentials are missing or wrong: stop.
 *   <li>{@link SchemaConfigurationException}: a property is wrong; the message names it: stop.
 * </ul>
 *
 * <p>It is a {@link SerializationException}, the type that Kafka's clients and Streams' handlers
 * expect of serializers.
 */
public abstract sealed class SchemaException extends SerializationException
    permits UnreadableRecordException,
        UnwritableRecordException,
        SchemaRefusedException,
        RegistryUnavailableException,
        RegistryAccessException,
        SchemaConfigurationException {

  SchemaException(String message) {
    super(message);
  }

  SchemaException(String message, Throwable cause) {
    super(message, cause);
  }
}
