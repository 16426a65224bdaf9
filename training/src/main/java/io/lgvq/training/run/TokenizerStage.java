package io.lgvq.training.run;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.array.Optimized;
import io.lgvq.training.codebook.CodebookPicture;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.loop.TrainingLoop;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.tokenizer.TokenizerShape;
import io.lgvq.training.tokenizer.TrainedTokenizer;
import io.lgvq.training.weights.SafeTensors;
import io.lgvq.training.weights.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * First stage of a training: the tokenizer. Leaves {@code tokenizer.safetensors} (encoder, codebook
 * and decoder, without what only training needs), {@code tokenizer.png} (validation pictures over
 * their reconstructions) and {@code codebook.png} (what each code looks like); where the first is,
 * there is nothing left to do, but to make sure that it was trained with the same settings.
 */
final class TokenizerStage {

  private static final int SHEET = 48;
  private static final String VALIDATION = "validation";
  private static final String NAME = "tokenizer";
  private static final String CONFIGURATION = "configuration";

  private final Preset preset;
  private final Corpus corpus;
  private final Teachers teachers;
  private final Path folder;
  private final long seed;

  /**
   * @param teachers opened only if there is something to train with them; closed after it
   */
  TokenizerStage(Preset preset, Corpus corpus, Teachers teachers, Path folder, long seed) {
    this.preset = preset;
    this.corpus = corpus;
    this.teachers = teachers;
    this.folder = folder;
    this.seed = seed;
  }

  /**
   * The trained tokenizer, trained now if it was not before.
   *
   * @throws IllegalStateException if the folder's was trained with other settings
   */
  TrainedTokenizer run(TrainingLoop loop) throws IOException {
    Path file = folder.resolve(NAME + ".safetensors");
    if (!Files.exists(file)) {
      publish(file, train(loop), loop);
      return new TrainedTokenizer(shape(), SafeTensors.read(file).tensors());
    }
    SafeTensors kept = SafeTensors.read(file);
    TrainingLoop.requireSettings(
        file, found(kept, loop), TokenizerTraining.configuration(preset, corpus, teachers, seed));
    return new TrainedTokenizer(shape(), kept.tensors());
  }

  /** Older versions noted the settings in the checkpoint alone. */
  private static Optional<String> found(SafeTensors kept, TrainingLoop loop) throws IOException {
    String noted = kept.notes().get(CONFIGURATION);
    return noted == null ? loop.configuration(NAME) : Optional.of(noted);
  }

  private TokenizerShape shape() {
    return preset.tokenizer().shape();
  }

  /** Trains to the end; gives the settings as text. */
  private String train(TrainingLoop loop) throws IOException {
    try (TokenizerTraining training = TokenizerTraining.open(preset, corpus, teachers, seed)) {
      loop.run(training.learner(), preset.tokenizer().schedule().steps());
      return training.learner().configuration();
    }
  }

  private void publish(Path file, String configuration, TrainingLoop loop) throws IOException {
    long steps = preset.tokenizer().schedule().steps();
    Map<String, Tensor> tensors =
        new TreeMap<>(Optimized.parameters(loop.finished(NAME, steps).orElseThrow()));
    try (TrainedTokenizer tokenizer = new TrainedTokenizer(shape(), tensors)) {
      List<Pixels> pictures =
          LongStream.range(0, Math.min(SHEET, corpus.size(VALIDATION)))
              .mapToObj(index -> corpus.sample(VALIDATION, index))
              .map(Sample::pixels)
              .toList();
      if (!pictures.isEmpty()) {
        ContactSheet.write(
            pictures,
            tokenizer.pictures(tokenizer.codes(pictures)),
            folder.resolve("tokenizer.png"));
      }
      Files.write(
          folder.resolve(CodebookPicture.FILE),
          CodebookPicture.of(shape().codes(), shape().length(), tokenizer::pictures, done -> {})
              .png());
    }
    new SafeTensors(tensors, Map.of("preset", preset.name(), CONFIGURATION, configuration))
        .write(file);
  }
}
