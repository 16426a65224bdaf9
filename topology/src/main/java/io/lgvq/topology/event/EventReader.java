package io.lgvq.topology.event;

import static io.lgvq.topology.deadletter.DeadLetterReason.KEY_MISMATCH;
import static io.lgvq.topology.deadletter.DeadLetterReason.NULL_KEY;
import static io.lgvq.topology.deadletter.DeadLetterReason.NULL_VALUE;
import static io.lgvq.topology.deadletter.DeadLetterReason.VALUE_FOREIGN_FORMAT;
import static io.lgvq.topology.deadletter.DeadLetterReason.VALUE_FOREIGN_SCHEMA;
import static io.lgvq.topology.deadletter.DeadLetterReason.VALUE_UNKNOWN_SCHEMA;
import static io.lgvq.topology.deadletter.DeadLetterReason.VALUE_UNREADABLE;

import io.lgvq.schemas.problem.SchemaException;
import io.lgvq.schemas.problem.UnreadableRecordException;
import io.lgvq.topology.arrival.Arrival;
import io.lgvq.topology.deadletter.DeadLetterReason;
import io.lgvq.topology.deadletter.Verdict;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Bytes to an event, or the reason why not; a failure that is not the record's fault is thrown, so
 * that the stage stops with nothing lost.
 *
 * <p>Threading: as safe as its deserializer.
 *
 * @param <T> the event
 */
public final class EventReader<T> {

  private final Deserializer<T> deserializer;
  private final Function<T, String> imageId;

  /**
   * @param deserializer of the event
   * @param imageId the image that the event says it concerns
   */
  public EventReader(Deserializer<T> deserializer, Function<T, String> imageId) {
    this.deserializer = deserializer;
    this.imageId = imageId;
  }

  /**
   * Reads the value, and checks that the key names the same image: everything about an image must
   * be in one partition.
   *
   * @throws SerializationException if the registry cannot be reached, refuses us, or is not
   *     configured
   */
  public Verdict<T> read(Arrival arrival) {
    if (arrival.key() == null) {
      return Verdict.rejected(NULL_KEY, "the record has no key; the key is the image id");
    }
    if (arrival.value() == null) {
      return Verdict.rejected(NULL_VALUE, "the record has no value");
    }
    return value(arrival).then(event -> sameImage(arrival.key(), event));
  }

  private Verdict<T> value(Arrival arrival) {
    try {
      return Verdict.accepted(
          deserializer.deserialize(
              arrival.origin().topic(), arrival.copyOfHeaders(), arrival.value()));
    } catch (UnreadableRecordException e) {
      return Verdict.rejected(reason(e), e);
    } catch (SchemaException e) {
      throw e;
    } catch (SerializationException e) {
      // A serde of the platform's own, which tells its failures apart by their causes.
      if (isOutage(e)) {
        throw e;
      }
      // Without its message, which may quote the record.
      String detail = "the value's deserializer refused it with " + names(e);
      return new Verdict.Rejected<>(VALUE_UNREADABLE, detail, Optional.of(e));
    }
  }

  /** The classes of a failure and its causes. */
  private static String names(Throwable failure) {
    List<String> names = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      names.add(cause.getClass().getSimpleName());
    }
    return String.join(", caused by ", names);
  }

  private Verdict<T> sameImage(byte[] key, T event) {
    if (Arrays.equals(key, imageId.apply(event).getBytes(StandardCharsets.UTF_8))) {
      return Verdict.accepted(event);
    }
    return Verdict.rejected(KEY_MISMATCH, "the record's key is not the image id of its value");
  }

  private static DeadLetterReason reason(UnreadableRecordException unreadable) {
    return switch (unreadable.reason()) {
      case TOO_SHORT, FOREIGN_MAGIC_BYTE, SCHEMA_ID_IN_HEADER -> VALUE_FOREIGN_FORMAT;
      case UNKNOWN_SCHEMA_ID -> VALUE_UNKNOWN_SCHEMA;
      case FOREIGN_SCHEMA -> VALUE_FOREIGN_SCHEMA;
      case GARBAGE -> VALUE_UNREADABLE;
    };
  }

  private static boolean isOutage(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean endOfBytes = cause instanceof EOFException;
      if ((cause instanceof IOException && !endOfBytes) || cause instanceof RetriableException) {
        return true;
      }
    }
    return false;
  }
}
