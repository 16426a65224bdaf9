package io.lgvq.training.release;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.bundle.BundleManifest.Hints;
import io.lgvq.operators.bundle.BundleManifest.Language;
import io.lgvq.operators.bundle.BundleManifest.Text;
import io.lgvq.operators.bundle.BundleManifest.Vectors;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.bundle.Sha256;
import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.complete.TrainedCompleter;
import io.lgvq.training.export.BundleWriter;
import io.lgvq.training.export.TokenizerFiles;
import io.lgvq.training.head.HeadGraphs;
import io.lgvq.training.head.TrainedHeads;
import io.lgvq.training.paint.PaintGraphs;
import io.lgvq.training.paint.TrainedPainter;
import io.lgvq.training.probe.TrainedProbe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A tokenizer, networks and words become a bundle in a folder. Stateless.
 *
 * @param identity what the bundle is called
 * @param tokenizer as it is served
 * @param heads what reads its tokens and speaks; absent in a bundle without words
 * @param painter what makes tokens of words; of the vocabulary of {@code heads} where both are
 *     there
 * @param completer what fills holes in its tokens
 * @param probe what matches its tokens with texts; may be absent
 * @param kept heads of the tokenizer's bundle that go along; absent where there are none
 */
public record Release(
    Identity identity,
    TokenizerFiles tokenizer,
    Optional<TrainedHeads> heads,
    Optional<TrainedPainter> painter,
    Optional<TrainedCompleter> completer,
    Optional<TrainedProbe> probe,
    Optional<KeptHeads> kept) {

  /** A bundle that neither paints nor completes nor matches. */
  public Release(Identity identity, TokenizerFiles tokenizer, Optional<TrainedHeads> heads) {
    this(
        identity,
        tokenizer,
        heads,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static final String CODEBOOK = "codebook.bin";
  private static final String VOCABULARY = "vocabulary.txt";
  private static final String ANSWERS = "answers.txt";
  private static final String WORDS = "words.txt";
  private static final Map<Graph, String> FILES =
      Map.of(
          Graph.MATCH, "match.onnx",
          Graph.MASKED_WORD, "masked-word.onnx",
          Graph.RELATION, "relation.onnx");

  /**
   * What a bundle is called.
   *
   * @param licence SPDX identifier
   * @param preset name of the configuration
   */
  public record Identity(String name, String version, String licence, String preset) {}

  /**
   * Writes the bundle.
   *
   * @param metrics what was measured
   * @param card text of {@code MODEL_CARD.md}
   */
  public BundleManifest write(Path folder, Map<String, Object> metrics, String card)
      throws IOException {
    byte[] codebook = tokenizer.codebook();
    Map<String, byte[]> files = new TreeMap<>();
    Map<Graph, String> models = new EnumMap<>(Graph.class);
    files.put(BundleWriter.CARD, card.getBytes(StandardCharsets.UTF_8));
    files.put(CODEBOOK, codebook);
    put(files, models, Graph.ENCODER, "encoder.onnx", tokenizer.encoder());
    put(files, models, Graph.DECODER, "decoder.onnx", tokenizer.decoder());
    kept.ifPresent(present -> add(present, files, models));
    heads.ifPresent(present -> add(present, files, models));
    probe.ifPresent(present -> add(present, files, models));
    painter.ifPresent(present -> add(present, files, models));
    completer.ifPresent(
        present -> put(files, models, Graph.COMPLETE, "complete.onnx", present.graph().complete()));
    BundleManifest manifest =
        new BundleManifest(
            BundleManifest.FORMAT,
            identity.name(),
            identity.version(),
            identity.licence(),
            identity.preset(),
            tokenizer.image(),
            tokenizer.grid(),
            new Vectors(tokenizer.codes(), tokenizer.dimension(), CODEBOOK, Sha256.of(codebook)),
            heads
                .map(Release::text)
                .or(() -> kept.flatMap(KeptHeads::text).map(Release::renamed))
                .or(() -> painter.map(Release::text)),
            probe
                .map(Release::language)
                .or(() -> kept.flatMap(KeptHeads::language).map(Release::renamed)),
            Optional.empty(),
            models,
            heads
                .map(trained -> trained.calibration().threshold())
                .or(() -> kept.map(present -> present.from().manifest().answerThreshold()))
                .orElse(0f),
            new Hints(tokenizer.batch()),
            metrics,
            Map.of());
    return BundleWriter.write(folder, manifest, files);
  }

  private static void add(KeptHeads kept, Map<String, byte[]> files, Map<Graph, String> models) {
    Bundle from = kept.from();
    kept.vocabulary().ifPresent(words -> files.put(VOCABULARY, words(words)));
    if (kept.graphs().contains(Graph.ANSWER)) {
      files.put(ANSWERS, BundleWriter.lines(from.answers()));
    }
    if (kept.has(Head.PROBE)) {
      files.put(WORDS, BundleWriter.lines(from.wordPieces()));
    }
    kept.graphs()
        .forEach(
            graph ->
                put(files, models, graph, from.manifest().models().get(graph), from.graph(graph)));
  }

  private static void add(
      TrainedHeads heads, Map<String, byte[]> files, Map<Graph, String> models) {
    HeadGraphs graphs = heads.graphs();
    shared(files, words(heads.vocabulary()));
    if (heads.captions()) {
      put(files, models, Graph.CAPTION_MEMORY, "caption-memory.onnx", graphs.captionMemory());
      put(files, models, Graph.CAPTION_STEP, "caption-step.onnx", graphs.captionStep());
    }
    if (!heads.answers().isEmpty()) {
      files.put(ANSWERS, BundleWriter.lines(heads.answers()));
      put(
          files,
          models,
          Graph.ANSWER,
          "answer.onnx",
          graphs.answer(heads.calibration().temperature()));
    }
  }

  private static void add(
      TrainedProbe probe, Map<String, byte[]> files, Map<Graph, String> models) {
    files.put(WORDS, BundleWriter.lines(probe.pieces()));
    probe.graphs().forEach((graph, file) -> put(files, models, graph, FILES.get(graph), file));
  }

  private static Language language(TrainedProbe probe) {
    return new Language(
        probe.encoder(), probe.digest(), probe.dimension(), WORDS, probe.captionLength());
  }

  private static void add(
      TrainedPainter painter, Map<String, byte[]> files, Map<Graph, String> models) {
    shared(files, words(painter.vocabulary()));
    PaintGraphs graphs = painter.graphs();
    put(files, models, Graph.PAINT_MEMORY, "paint-memory.onnx", graphs.memory());
    put(files, models, Graph.PAINT_STEP, "paint-step.onnx", graphs.step());
  }

  private static void shared(Map<String, byte[]> files, byte[] vocabulary) {
    byte[] others = files.put(VOCABULARY, vocabulary);
    if (others != null && !Arrays.equals(others, vocabulary)) {
      throw new IllegalArgumentException("the heads of a bundle must share their vocabulary");
    }
  }

  private static byte[] words(Vocabulary vocabulary) {
    return BundleWriter.lines(
        IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::word).toList());
  }

  private static void put(
      Map<String, byte[]> files, Map<Graph, String> models, Graph graph, String name, byte[] file) {
    files.put(name, file);
    models.put(graph, name);
  }

  private static Language renamed(Language given) {
    return new Language(
        given.encoder(), given.digest(), given.dimension(), WORDS, given.captionLength());
  }

  private static Text renamed(Text given) {
    return new Text(
        VOCABULARY,
        given.answers().map(file -> ANSWERS),
        given.captionLength(),
        given.questionLength());
  }

  private static Text text(TrainedHeads heads) {
    return new Text(
        VOCABULARY,
        heads.answers().isEmpty() ? Optional.empty() : Optional.of(ANSWERS),
        heads.graphs().size().captionLength(),
        heads.graphs().size().questionLength());
  }

  /** Nothing is asked here, so the length of questions has no meaning. */
  private static Text text(TrainedPainter painter) {
    int length = painter.graphs().size().textLength();
    return new Text(VOCABULARY, Optional.empty(), length, length);
  }
}
