package io.lgvq.topology.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * What a stream thread has made since its last commit, sent only when it is about to commit.
 *
 * <p>The first record that a broker gets opens the transaction, and from then on its timeout runs.
 * Between two commits a stream thread works a round: a batch or more of each of its tasks, for as
 * long as the engine takes. Were records sent as they are made, the first task's would open a
 * transaction that has to outlast the work of all others; where it does not, the broker ends it,
 * the round begins anew, and ends the same way. What is sent last is in a transaction that lives
 * for as long as sending takes, however slow the engine is.
 *
 * <p>Invariant: as long as nothing was sent since the last end of a transaction, the broker knows
 * of none. Records keep their order. More than {@code mostBytes} are not kept: then all go, and the
 * rest of the transaction as it comes.
 *
 * <p>Threading: used by one stream thread; callbacks come on the producer's.
 */
final class Outbox {

  private record Held(
      ProducerRecord<byte[], byte[]> record,
      Callback callback,
      CompletableFuture<RecordMetadata> sent) {}

  private final Producer<byte[], byte[]> producer;
  private final long mostBytes;
  private final UnaryOperator<Throwable> translation;
  private final Queue<Held> held = new ArrayDeque<>();
  private long bytes;
  private boolean open;

  private Outbox(
      Producer<byte[], byte[]> producer, long mostBytes, UnaryOperator<Throwable> translation) {
    this.producer = producer;
    this.mostBytes = mostBytes;
    this.translation = translation;
  }

  /**
   * A transactional producer with an outbox before it.
   *
   * @param producer sends, and is closed with the outbox
   * @param mostBytes of keys and values that are kept back
   * @param translation of what callbacks hear of a record that could not be sent
   */
  @SuppressWarnings("unchecked") // the proxy hands everything to a producer of these types
  static Producer<byte[], byte[]> before(
      Producer<byte[], byte[]> producer, long mostBytes, UnaryOperator<Throwable> translation) {
    var outbox = new Outbox(producer, mostBytes, translation);
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Producer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "send":
                  return outbox.send(
                      (ProducerRecord<byte[], byte[]>) arguments[0],
                      arguments.length > 1 ? (Callback) arguments[1] : null);
                case "flush", "sendOffsetsToTransaction", "commitTransaction":
                  outbox.empty();
                  break;
                case "abortTransaction", "close":
                  outbox.forget();
                  break;
                default:
              }
              try {
                Object result = method.invoke(producer, arguments);
                if (method.getName().equals("commitTransaction")) {
                  outbox.open = false;
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
    var sent = new CompletableFuture<RecordMetadata>();
    held.add(new Held(record, callback, sent));
    bytes += length(record.key()) + length(record.value());
    if (open || bytes > mostBytes) {
      empty();
    }
    return sent;
  }

  private void empty() {
    open |= !held.isEmpty();
    bytes = 0;
    for (Held next = held.poll(); next != null; next = held.poll()) {
      Held each = next;
      try {
        producer.send(each.record(), (metadata, failure) -> settle(each, metadata, failure));
      } catch (RuntimeException e) {
        // Whoever made the record is elsewhere by now: it hears of this where it hears the rest.
        settle(each, null, e);
      }
    }
  }

  /** Nobody's callback is called: whoever ends a transaction so has given its records up. */
  private void forget() {
    held.clear();
    bytes = 0;
    open = false;
  }

  private void settle(Held held, RecordMetadata metadata, Exception failure) {
    Exception told = failure == null ? null : (Exception) translation.apply(failure);
    if (held.callback() != null) {
      held.callback().onCompletion(metadata, told);
    }
    if (told == null) {
      held.sent().complete(metadata);
    } else {
      held.sent().completeExceptionally(told);
    }
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
