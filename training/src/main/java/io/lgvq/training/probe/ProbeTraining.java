package io.lgvq.training.probe;

import io.lgvq.operators.bundle.Graph;
import io.lgvq.training.alignment.CaptionReader;
import io.lgvq.training.alignment.LanguageNetworks;
import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.head.TokenizedSample;
import io.lgvq.training.loop.Prefetch;
import io.lgvq.training.loop.TrainingLoop;
import io.lgvq.training.network.Parameter;
import io.lgvq.training.text.TextEncoder;
import io.lgvq.training.tokenizer.CodebookParameter;
import io.lgvq.training.weights.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * From a frozen tokenizer's codes and their captions to a probe, and to the same without sight.
 *
 * <p>Stateless; what a run keeps lies in the folder of its {@link TrainingLoop}.
 */
public final class ProbeTraining {

  private static final int AHEAD = 4;
  private static final int LEXICON_SAMPLES = 5000;

  private final TokenizerFiles tokenizer;
  private final ProbeSettings settings;
  private final String origin;
  private final long seed;

  /**
   * @param tokenizer whose codes are read
   * @param origin what the samples are made of, as text
   */
  public ProbeTraining(TokenizerFiles tokenizer, ProbeSettings settings, String origin, long seed) {
    this.tokenizer = tokenizer;
    this.settings = settings;
    this.origin = origin;
    this.seed = seed;
  }

  /**
   * What training brings.
   *
   * @param blind hidden words told without sight, for comparison
   */
  public record Outcome(TrainedProbe probe, TrainedProbe blind) {}

  /**
   * Trains, or goes on where the loop's folder has checkpoints.
   *
   * @param encoder reads the captions; not owned
   */
  public Outcome run(List<TokenizedSample> samples, TextEncoder encoder, TrainingLoop loop)
      throws IOException {
    CaptionReader reader =
        CaptionReader.of(
            encoder,
            samples.stream().limit(LEXICON_SAMPLES).flatMap(sample -> sample.captions().stream()),
            settings.language().captionLength());
    Probe probe = probe(reader);
    return new Outcome(
        trained(probe, samples, reader, false, loop), trained(probe, samples, reader, true, loop));
  }

  private Probe probe(CaptionReader reader) {
    Parameter codebook = CodebookParameter.of(tokenizer.codes(), tokenizer.dimension());
    LanguageNetworks networks =
        new LanguageNetworks(
            settings.language(),
            reader.lexicon(),
            tokenizer.grid().height(),
            tokenizer.grid().width(),
            tokenizer.dimension());
    return new Probe(networks, codebook, tokenizer.vectors(), tokenizer.unitScale());
  }

  private TrainedProbe trained(
      Probe probe,
      List<TokenizedSample> samples,
      CaptionReader reader,
      boolean blind,
      TrainingLoop loop)
      throws IOException {
    ProbeData data = new ProbeData(samples, reader, settings.batch(), seed);
    String configuration =
        "%s, %s, text encoder %s, %d samples, seed %d"
            .formatted(settings, origin, reader.encoder().digest(), samples.size(), seed);
    try (ProbeLearner learner =
        new ProbeLearner(
            probe,
            settings,
            configuration,
            seed,
            blind,
            new Prefetch<>("probe data", AHEAD, data::at))) {
      loop.run(learner, blind ? settings.blindSteps() : settings.steps());
      Map<String, Tensor> values = learner.parameters();
      ProbeGraphs graphs =
          new ProbeGraphs(probe, parameter -> values.get(parameter.name()).values());
      TextEncoder encoder = reader.encoder();
      return new TrainedProbe(
          encoder.name(),
          encoder.digest(),
          encoder.dimension(),
          reader.lexicon().pieces().stream().map(encoder::piece).toList(),
          settings.language().captionLength(),
          blind ? Map.of(Graph.MASKED_WORD, graphs.maskedWord()) : graphs.all());
    }
  }
}
