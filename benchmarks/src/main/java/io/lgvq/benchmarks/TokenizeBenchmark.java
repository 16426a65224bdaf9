package io.lgvq.benchmarks;

import io.lgvq.embedded.EmbeddedKafka;
import io.lgvq.embedded.EmbeddedRegistry;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.engine.EngineSettings;
import io.lgvq.operators.image.Decoded;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.tokenize.Tokenizer;
import io.lgvq.schemas.registry.SchemaRegistry;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.BatchSettings;
import io.lgvq.topology.config.RetrySettings;
import io.lgvq.topology.config.StageSettings;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import io.lgvq.topology.stage.TokenizeStage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the stream costs: images a second of the tokenize stage on a real broker (exactly once, one
 * stream thread) against a plain loop over the same decoder and engine (one thread, same batch), in
 * one run, turn by turn.
 *
 * <p>Arguments: folder of the bundle, folder of images, images a round, rounds. Prints each round
 * and the median ratio.
 */
public final class TokenizeBenchmark {

  private static final int BATCH = 32;

  private final EventSerdes serdes;
  private final ImageDecoder decoder;
  private final Tokenizer tokenizer;
  private final Path scratch;

  private TokenizeBenchmark(
      EventSerdes serdes, ImageDecoder decoder, Tokenizer tokenizer, Path scratch) {
    this.serdes = serdes;
    this.decoder = decoder;
    this.tokenizer = tokenizer;
    this.scratch = scratch;
  }

  /** Runs it; see the class. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 4) {
      System.err.println("usage: TokenizeBenchmark BUNDLE IMAGES COUNT ROUNDS");
      System.exit(2);
    }
    Feed feed = Feed.of(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    Path scratch = Files.createTempDirectory("lgvq-benchmark");
    Bundle bundle = Bundle.open(Path.of(arguments[0]));
    try (EmbeddedKafka broker = EmbeddedKafka.start(scratch.resolve("kafka"));
        EmbeddedRegistry registry = EmbeddedRegistry.start(scratch.resolve("registry.log"))) {
      var operators = BundleOperators.of(bundle, EngineSettings.cpu());
      Map<String, Object> configuration = Map.of("schema.registry.url", registry.url());
      try (ImageDecoder decoder = operators.decoder(ImageLimits.standard());
          Tokenizer tokenizer = operators.tokenizer()) {
        var serdes = EventSerdes.avro(SchemaRegistry.connect(configuration), configuration);
        new TokenizeBenchmark(serdes, decoder, tokenizer, scratch)
            .compare(broker.bootstrapServers(), feed, Integer.parseInt(arguments[3]));
      }
    }
  }

  private void compare(String bootstrap, Feed feed, int rounds) throws Exception {
    System.out.printf(
        "%d images a round, batches of %d, one thread each side%n", feed.count(), BATCH);
    loop(feed);
    List<Double> ratios = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      double plain = loop(feed);
      double stage = stage(bootstrap, feed, "round-" + round + ".");
      ratios.add(stage / plain);
      System.out.printf(
          "round %d: plain loop %.1f images/s, stage %.1f images/s, ratio %.3f%n",
          round, plain, stage, stage / plain);
    }
    ratios.sort(null);
    System.out.printf(
        "tokenize stage / plain decode and engine loop: median %.3f, min %.3f, max %.3f of %d rounds%n",
        ratios.get(ratios.size() / 2), ratios.get(0), ratios.get(ratios.size() - 1), rounds);
  }

  private double loop(Feed feed) {
    long start = System.nanoTime();
    for (int from = 0; from < feed.count(); from += BATCH) {
      List<Pixels> batch = new ArrayList<>(BATCH);
      for (int n = from; n < Math.min(feed.count(), from + BATCH); n++) {
        if (!(decoder.decode(feed.image(n), "") instanceof Decoded.Picture picture)) {
          throw new IllegalStateException("an image of the benchmark cannot be decoded");
        }
        batch.add(picture.pixels());
      }
      tokenizer.apply(batch);
    }
    return feed.count() * 1e9 / (System.nanoTime() - start);
  }

  private double stage(String bootstrap, Feed feed, String prefix) throws Exception {
    TopicNames topics = TopicNames.withPrefix(prefix);
    var settings =
        new StageSettings(
            topics, new BatchSettings(BATCH, Duration.ofMillis(50)), RetrySettings.standard());
    feed.publish(
        bootstrap,
        topics.images(),
        List.of(topics.tokens(), topics.deadLetters()),
        serdes.images().serializer());
    var claimCheck = new ClaimCheck(ClaimCheckSettings.off());
    return new StageRun(feed.count())
        .recordsPerSecond(
            listener ->
                new TokenizeStage(settings, serdes, listener, claimCheck, decoder, tokenizer),
            bootstrap,
            prefix,
            scratch.resolve(prefix + "state"));
  }
}
