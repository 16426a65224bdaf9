package io.lgvq.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.packages.PackageCache;
import io.lgvq.training.corpus.packages.PackageException;
import io.lgvq.training.corpus.scene.ComposedScenes;
import org.junit.jupiter.api.Test;

/** The corpus's own captions, measured like a model's; skipped where its packages cannot be had. */
class ComposedCaptionsTest {

  @Test
  void shouldFindEveryNumberRightInCaptionsThatSayEverything() {
    CaptionMeasure measure = new CaptionMeasure();
    ComposedScenes scenes = scenes();
    for (int index = 0; index < 200; index++) {
      Sample sample = scenes.sample("validation", index);
      measure.add(sample, sample.captions().get(0));
    }
    Report.CaptionScores scores = measure.result();
    assertThat(scores.named().orElseThrow().value()).isEqualTo(1);
    assertThat(scores.truthful().orElseThrow().value()).isEqualTo(1);
    assertThat(scores.counts().orElseThrow().all().value()).isEqualTo(1);
    assertThat(scores.wording().bleu4().value()).isEqualTo(1);
  }

  private static ComposedScenes scenes() {
    ComposedScenes scenes =
        new ComposedScenes(new PackageCache(PackageCache.standardHome()), 64, 1);
    try {
      scenes.fetch();
    } catch (PackageException e) {
      abort("the corpus' packages cannot be had here: " + e.getMessage());
    }
    return scenes;
  }
}
