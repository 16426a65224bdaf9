package io.lgvq.soak.course;

import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import io.lgvq.schemas.event.Question;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a course at a steady rate, on a thread of its own.
 *
 * <p>It waits where the stages have fallen far behind, so that a slow machine does not end a run
 * with an hour of arrears. Ownership: whoever starts it closes it.
 */
public final class Feed implements AutoCloseable {

  private static final int LONGEST_ARREARS_SECONDS = 30;
  private static final long STEP_MILLIS = 50;

  private final Course course;
  private final Pictures pictures;
  private final TopicNames topics;
  private final EventSerdes serdes;
  private final int rate;
  private final IntSupplier imagesThrough;
  private final IntConsumer asked;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Throwable> refused = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "soak-feed");
  private volatile boolean ending;
  private volatile Sent sent = new Sent(0, 0);

  /**
   * @param rate images a second
   * @param imagesThrough how many images the first stage is done with
   * @param asked is told of each question's number before it is sent
   */
  public Feed(
      Course course,
      Pictures pictures,
      TopicNames topics,
      EventSerdes serdes,
      String bootstrapServers,
      int rate,
      IntSupplier imagesThrough,
      IntConsumer asked) {
    this.course = course;
    this.pictures = pictures;
    this.topics = topics;
    this.serdes = serdes;
    this.rate = rate;
    this.imagesThrough = imagesThrough;
    this.asked = asked;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "linger.ms",
                5,
                "delivery.timeout.ms",
                600_000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Begins to send. */
  public void start() {
    thread.start();
  }

  /** How much was sent so far. */
  public Sent sent() {
    return sent;
  }

  /**
   * Sends the images that questions already ask about, and no more questions; returns what was sent
   * when the brokers have all of it.
   *
   * @throws IllegalStateException if a record was not taken
   */
  public Sent finish() throws InterruptedException {
    ending = true;
    thread.join();
    int end = (sent.images() / Course.BLOCK + 2) * Course.BLOCK;
    while (sent.images() < end) {
      sendImage();
    }
    producer.flush();
    check();
    return sent;
  }

  /**
   * Throws what was wrong with a record, if anything was.
   *
   * @throws IllegalStateException if a record was not taken
   */
  public void check() {
    if (refused.get() != null) {
      throw new IllegalStateException("a record of the feed was not taken", refused.get());
    }
  }

  /** Stops sending, if it has not finished. */
  @Override
  public void close() {
    ending = true;
    thread.interrupt();
    producer.close(Duration.ofSeconds(5));
  }

  private void run() {
    long step = 1_000_000_000L / rate;
    long due = System.nanoTime();
    try {
      while (!ending) {
        if (sent.images() - imagesThrough.getAsInt() > rate * LONGEST_ARREARS_SECONDS) {
          due = System.nanoTime() + step;
        }
        for (; due - System.nanoTime() <= 0 && !ending; due += step) {
          sendImage();
          if (sent.images() % Course.IMAGES_A_QUESTION == 0) {
            sendQuestion();
          }
        }
        Thread.sleep(STEP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // Nobody would notice that this thread has ended, but for outputs that never come.
      refused.compareAndSet(null, e);
    }
  }

  private void sendImage() {
    int number = sent.images();
    String key = course.imageKey(number);
    byte[] file = pictures.file(course.picture(number), course.isBroken(number));
    ImageEvent event =
        ImageEvent.newBuilder()
            .setImageId(key)
            .setContent(new ImageBytes(ByteBuffer.wrap(file)))
            .build();
    byte[] value = serdes.images().serializer().serialize(topics.images(), event);
    send(topics.images(), key, value, course.imageTime(number), RecordId.image(number));
    sent = new Sent(number + 1, sent.questions());
  }

  private void sendQuestion() {
    int number = sent.questions();
    String key = course.questionKey(number);
    var event = new Question(course.questionId(number), key, course.text(number));
    asked.accept(number);
    byte[] value = serdes.questions().serializer().serialize(topics.questions(), event);
    send(topics.questions(), key, value, course.questionTime(number), RecordId.question(number));
    sent = new Sent(sent.images(), number + 1);
  }

  private void send(String topic, String key, byte[] value, long time, RecordId id) {
    List<Header> headers =
        List.of(
            new RecordHeader(Course.RECORD, bytes(id.toString())),
            new RecordHeader(Course.TRACE, bytes(course.trace(id.toString()))));
    producer.send(
        new ProducerRecord<>(topic, null, time, bytes(key), value, headers),
        (metadata, problem) -> {
          if (problem != null) {
            refused.compareAndSet(null, problem);
          }
        });
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
