package io.lgvq.schemas.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.schemas.Examples;
import io.lgvq.schemas.RealRegistry;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.schemas.serde.AvroDeserializer;
import io.lgvq.schemas.serde.AvroSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our records through a real broker, read and written by npm's {@code kafkajs} and {@code
 * @confluentinc/schemaregistry}. Our side is Kafka's plain clients, with the serdes named by class.
 */
class OutsidePeerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static EmbeddedKafka broker;
  private static NodePeer peer;

  /** One topic for each example. */
  private final Map<String, SpecificRecord> examples = new LinkedHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(NodePeer.isPossible(), "node and npm are not installed (Debian: nodejs npm)");
    peer = new NodePeer(folder);
    peer.install();
    broker = EmbeddedKafka.start(folder.resolve("kafka"));
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  @BeforeEach
  void createTopics() throws Exception {
    for (SpecificRecord example : Examples.all()) {
      examples.put(RealRegistry.freshTopic(), example);
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              examples.keySet().stream().map(name -> new NewTopic(name, 1, (short) 1)).toList())
          .all()
          .get();
    }
  }

  @Test
  void shouldBeReadByThePeer() throws Exception {
    try (KafkaProducer<String, SpecificRecord> producer = new KafkaProducer<>(clients())) {
      for (Map.Entry<String, SpecificRecord> entry : examples.entrySet()) {
        producer.send(new ProducerRecord<>(entry.getKey(), "bus-1", entry.getValue())).get();
      }
    }
    List<String> arguments =
        new ArrayList<>(List.of(broker.bootstrapServers(), RealRegistry.url()));
    arguments.addAll(examples.keySet());

    Map<String, JsonNode> read = new HashMap<>();
    for (String line : peer.run("read", arguments, "")) {
      JsonNode json = JSON.readTree(line);
      assertThat(json.path("key").asText()).isEqualTo("bus-1");
      read.put(json.path("topic").asText(), json.path("value"));
    }

    Map<String, JsonNode> expected = new HashMap<>();
    examples.forEach((topic, example) -> expected.put(topic, PlainJson.printed(example)));
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void shouldReadWhatThePeerWrites() throws Exception {
    SchemaRegistry registry =
        SchemaRegistry.connect(Map.of("schema.registry.url", RealRegistry.url()));
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, SpecificRecord> entry : examples.entrySet()) {
      registry.register(entry.getKey() + "-value", contract(entry.getValue()), false);
      ObjectNode line = JSON.createObjectNode();
      line.put("topic", entry.getKey()).put("key", "bus-1");
      line.set("value", PlainJson.wanted(entry.getValue()));
      lines.append(line).append('\n');
    }

    peer.run("write", List.of(broker.bootstrapServers(), RealRegistry.url()), lines.toString());

    assertThat(consumeAll()).isEqualTo(examples);
  }

  /** The committed contract, as someone who never saw our classes would register it. */
  private static Schema contract(SpecificRecord record) throws Exception {
    return new Schema.Parser()
        .parse(
            Path.of(
                    System.getProperty("lgvq.root"),
                    "schemas/src/main/avro",
                    record.getSchema().getName() + ".avsc")
                .toFile());
  }

  private Map<String, SpecificRecord> consumeAll() {
    Map<String, SpecificRecord> records = new HashMap<>();
    try (KafkaConsumer<String, SpecificRecord> consumer = new KafkaConsumer<>(clients())) {
      consumer.subscribe(examples.keySet());
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(200))
                    .forEach(record -> records.put(record.topic(), record.value()));
                return records.size() == examples.size();
              });
    }
    return records;
  }

  private static Map<String, Object> clients() {
    Map<String, Object> configuration = new HashMap<>();
    configuration.put("bootstrap.servers", broker.bootstrapServers());
    configuration.put("schema.registry.url", RealRegistry.url());
    configuration.put("key.serializer", StringSerializer.class.getName());
    configuration.put("value.serializer", AvroSerializer.class.getName());
    configuration.put("key.deserializer", StringDeserializer.class.getName());
    configuration.put("value.deserializer", AvroDeserializer.class.getName());
    configuration.put("specific.avro.reader", "true");
    configuration.put("group.id", "our-side");
    configuration.put("auto.offset.reset", "earliest");
    return configuration;
  }
}
