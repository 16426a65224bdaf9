package io.lgvq.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.schemas.event.CodebookReference;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.registry.InMemorySchemaRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One serde serves all stream threads, as Kafka's producer and our topologies share it. */
class SharedSerdeTest {

  private static final int THREADS = 8;
  private static final int RECORDS = 2_000;

  private final AvroSerde<ImageTokens> serde =
      AvroSerde.forValues(ImageTokens.class, new InMemorySchemaRegistry(), Map.of());

  @Test
  void shouldKeepRecordsOfManyThreadsApart() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Integer>> equal = new ArrayList<>();
      for (int seed = 0; seed < THREADS; seed++) {
        Random random = new Random(seed);
        equal.add(threads.submit(() -> countOfRecordsReadBack(random)));
      }
      for (Future<Integer> count : equal) {
        assertThat(count.get()).isEqualTo(RECORDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private int countOfRecordsReadBack(Random random) {
    int equal = 0;
    for (int i = 0; i < RECORDS; i++) {
      ImageTokens tokens = tokens(random);
      byte[] bytes = serde.serializer().serialize("tokens", tokens);
      if (serde.deserializer().deserialize("tokens", bytes).equals(tokens)) {
        equal++;
      }
    }
    return equal;
  }

  private static ImageTokens tokens(Random random) {
    return ImageTokens.newBuilder()
        .setImageId("image-" + random.nextInt())
        .setCodebook(new CodebookReference("lgvq-small", "1.0.0", "digest", 1024))
        .setHeight(8)
        .setWidth(8)
        .setCodes(random.ints(64, 0, 1024).boxed().toList())
        .setQuantizationError(random.nextFloat())
        .setTokenizedAt(Instant.ofEpochMilli(random.nextInt(1_000_000)))
        .build();
  }
}
