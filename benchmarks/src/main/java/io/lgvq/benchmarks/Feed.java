package io.lgvq.benchmarks;

import io.lgvq.schemas.event.ImageBytes;
import io.lgvq.schemas.event.ImageEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The encoded images that both sides of a comparison work on: the files of a folder, over and over.
 *
 * @param files encoded images
 * @param count how many records the feed has
 */
record Feed(List<byte[]> files, int count) {

  /**
   * @param folder of JPEG and PNG files
   */
  static Feed of(Path folder, int count) throws IOException {
    try (var paths = Files.list(folder)) {
      List<byte[]> files = paths.filter(Feed::isImage).sorted().map(Feed::read).toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException("no .jpg or .png file in " + folder);
      }
      return new Feed(files, count);
    }
  }

  /** The encoded image of record n. */
  byte[] image(int n) {
    return files.get(n % files.size());
  }

  /** Makes the topics, with one partition each, and fills the input. */
  void publish(
      String bootstrap, String topic, List<String> outputs, Serializer<ImageEvent> serializer)
      throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      var topics =
          IntStream.rangeClosed(0, outputs.size())
              .mapToObj(i -> new NewTopic(i == 0 ? topic : outputs.get(i - 1), 1, (short) 1))
              .toList();
      admin.createTopics(topics).all().get();
    }
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap, "linger.ms", 5, "max.request.size", 24 << 20);
    try (var producer = new KafkaProducer<>(settings, new StringSerializer(), serializer)) {
      for (int n = 0; n < count; n++) {
        producer.send(new ProducerRecord<>(topic, "image-" + n, event(n)));
      }
      producer.flush();
    }
  }

  private ImageEvent event(int n) {
    return ImageEvent.newBuilder()
        .setImageId("image-" + n)
        .setContent(new ImageBytes(ByteBuffer.wrap(image(n))))
        .build();
  }

  private static boolean isImage(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".jpg") || name.endsWith(".png");
  }

  private static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + path, e);
    }
  }
}
