package io.lgvq.topology.event;

import io.lgvq.schemas.problem.UnreadableRecordException;
import io.lgvq.schemas.problem.UnreadableRecordException.Reason;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Holds a deserializer that gives whatever the writer's schema names to the one class that is
 * wanted: a record of another kind is a bad record, not a failed cast that stops the stage.
 *
 * @param <T> the wanted class
 */
final class TypedDeserializer<T> implements Deserializer<T> {

  private final Class<T> type;
  private final Deserializer<?> reader;

  TypedDeserializer(Class<T> type, Deserializer<?> reader) {
    this.type = type;
    this.reader = reader;
  }

  @Override
  public T deserialize(String topic, byte[] bytes) {
    return bytes == null ? null : typed(reader.deserialize(topic, bytes));
  }

  @Override
  public T deserialize(String topic, Headers headers, byte[] bytes) {
    return bytes == null ? null : typed(reader.deserialize(topic, headers, bytes));
  }

  @Override
  public void close() {
    reader.close();
  }

  private T typed(Object read) {
    if (!type.isInstance(read)) {
      String what = read == null ? "nothing" : "a " + read.getClass().getName();
      throw new UnreadableRecordException(
          Reason.FOREIGN_SCHEMA, "The record is %s, not a %s.".formatted(what, type.getName()));
    }
    return type.cast(read);
  }
}
