package io.lgvq.training.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.training.MadeCorpus;
import io.lgvq.training.SyntheticCorpus;
import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.perception.MobileNet;
import io.lgvq.training.perception.ShippedEye;
import io.lgvq.training.release.Head;
import io.lgvq.training.release.Release.Identity;
import io.lgvq.training.release.UntrainedBundle;
import io.lgvq.training.run.TrainingRun.Making;
import io.lgvq.training.run.TrainingRun.Stage;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.text.BagOfWords;
import io.lgvq.training.text.TextEncoder;
import io.lgvq.training.weights.SafeTensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder holds one training, and nothing of it goes into another. */
class ReusedFolderTest {

  private static final Making MAKING =
      new Making(new Identity("tiny", "1.0.0", "Apache-2.0", "tiny"), "", "", "", 4, false);

  @TempDir Path folder;

  @Test
  void shouldNotTakeATokenizerThatWasTrainedOtherwise() throws IOException {
    Preset tiny = preset();
    train(tiny, 1);

    assertThatCode(() -> train(tiny, 1)).doesNotThrowAnyException();
    for (Preset other : new Preset[] {tiny.plain(), tiny.with(Backbone.CVQ)}) {
      assertRefused(() -> train(other, 1), "tokenizer.safetensors was trained with other settings");
    }
    assertRefused(() -> train(tiny, 2), "seed 1 instead of", "Remove it or choose another folder");
  }

  @Test
  void shouldAskTheCheckpointWhereAnOlderVersionNotedTheSettingsThereAlone() throws IOException {
    Preset plain = preset().plain();
    train(plain, 1);
    Path file = folder.resolve("tokenizer.safetensors");
    new SafeTensors(SafeTensors.read(file).tensors(), Map.of("preset", "tiny")).write(file);

    assertThatCode(() -> train(plain, 1)).doesNotThrowAnyException();
    assertRefused(() -> train(plain, 2), "seed 1 instead of");
    Files.delete(folder.resolve("tokenizer.checkpoint.safetensors"));
    assertRefused(
        () -> train(plain, 1),
        "tokenizer.safetensors does not say with which settings it was trained.");
  }

  @Test
  void shouldNotTakeHeadsOfAnotherCodebookOrCorpus() throws IOException {
    Path one = folder.resolve("one");
    Path other = folder.resolve("other");
    UntrainedBundle.write(one, UntrainedBundle.tiny(), 16);
    UntrainedBundle.write(other, UntrainedBundle.tiny(), 16, 18);
    Corpus corpus = new SyntheticCorpus(32);
    complete(one, corpus);

    assertRefused(
        () -> complete(other, corpus), "complete.checkpoint.safetensors was trained with other");
    assertRefused(
        () -> complete(one, new Others()),
        "complete.checkpoint.safetensors was trained with other");
  }

  @Test
  void shouldNotStartWhereAnotherTrainingRuns() throws IOException {
    try (FolderLock held = FolderLock.take(folder)) {
      assertRefused(
          () -> train(preset().plain(), 1),
          "another training runs in " + folder + ": wait for its end or choose another --folder");
    }
    train(preset().plain(), 1);
  }

  private static void assertRefused(ThrowingCallable training, String... words) {
    assertThatThrownBy(training)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(words);
  }

  private void train(Preset preset, long seed) throws IOException {
    new TrainingRun(
            preset, new SyntheticCorpus(32), new Toys(), folder, seed, Duration.ofMinutes(5))
        .run(Stage.TOKENIZER, MAKING);
  }

  private void complete(Path bundle, Corpus corpus) throws IOException {
    Preset preset = preset();
    new TrainingRun(
            preset,
            Optional.of(preset.plan(Set.of(Head.COMPLETE))),
            corpus,
            new Toys(),
            folder,
            1,
            Duration.ofMinutes(5))
        .runOn(Bundle.open(bundle), false, MAKING);
  }

  private static Preset preset() throws IOException {
    try (var in = Preset.class.getResourceAsStream("/presets/tiny.yaml")) {
      return Preset.read(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("images: 2000", "images: 32")
              .replace("paletteSteps: 20", "paletteSteps: 1")
              .replaceAll("([ {])steps: \\d+", "$1steps: 3"));
    }
  }

  /** The same images under another name. */
  private static final class Others extends MadeCorpus {
    private final Corpus same = new SyntheticCorpus(32);

    Others() {
      super("others", 32);
    }

    @Override
    public long size(String split) {
      return same.size(split);
    }

    @Override
    public Sample sample(String split, long index) {
      return same.sample(split, index);
    }
  }

  private static final class Toys implements Teachers {
    @Override
    public TextEncoder text() {
      return new BagOfWords(
          "a", "square", "left", "of", "on", "red", "green", "blue", "white", "black");
    }

    @Override
    public MobileNet eye() {
      return ShippedEye.open();
    }
  }
}
