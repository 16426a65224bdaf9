package io.lgvq.soak.instance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The clients that stages have; the producer's commits are a moment for {@link Traps}. */
final class WatchedClients implements KafkaClientSupplier {

  private final KafkaClientSupplier clients;
  private final Traps traps;

  /**
   * @param clients that are watched
   */
  WatchedClients(KafkaClientSupplier clients, Traps traps) {
    this.clients = clients;
    this.traps = traps;
  }

  @Override
  public Admin getAdmin(Map<String, Object> settings) {
    return clients.getAdmin(settings);
  }

  @Override
  @SuppressWarnings("unchecked") // the proxy hands everything to a producer of these types
  public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
    Producer<byte[], byte[]> producer = clients.getProducer(settings);
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            Producer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commitTransaction")) {
                traps.at("commit");
              }
              try {
                return method.invoke(producer, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> settings) {
    return clients.getConsumer(settings);
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> settings) {
    return clients.getRestoreConsumer(settings);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> settings) {
    return clients.getGlobalConsumer(settings);
  }
}
