package io.lgvq.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.training.SyntheticCorpus;
import io.lgvq.training.alignment.CaptionReader;
import io.lgvq.training.alignment.CaptionText;
import io.lgvq.training.guidance.GuidanceSettings;
import io.lgvq.training.guidance.GuidanceSettings.Part;
import io.lgvq.training.run.GuidedData.Language;
import io.lgvq.training.text.BagOfWords;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuidedDataTest {

  private static final int SIDE = 32;

  private final SyntheticCorpus corpus = new SyntheticCorpus(SIDE);

  @Test
  void shouldReadWholeCaptionsOnlyWhereAlignmentTakesPart() throws IOException {
    CaptionText all = text(EnumSet.allOf(Part.class));
    CaptionText some = text(Set.of(Part.MTP, Part.RAS));

    assertThat(all.whole()).hasSize(all.words().length * encoder().dimension());
    assertThat(some.whole()).isEmpty();
    assertThat(some.words()).isDeepEqualTo(all.words());
  }

  private CaptionText text(Set<Part> parts) throws IOException {
    Preset preset = Preset.of("tiny");
    GuidanceSettings settings = preset.guidance().orElseThrow().only(parts);
    CaptionReader reader =
        CaptionReader.of(encoder(), captions(), settings.language().captionLength());
    return new GuidedData(
            corpus, preset.tokenizer(), Optional.of(new Language(settings, reader)), 3)
        .at(5)
        .text()
        .orElseThrow();
  }

  private BagOfWords encoder() {
    return new BagOfWords(
        captions()
            .flatMap(text -> Stream.of(text.split(" ")))
            .distinct()
            .sorted()
            .toArray(String[]::new));
  }

  private Stream<String> captions() {
    return IntStream.range(0, 300)
        .mapToObj(i -> corpus.sample("train", i).captions())
        .flatMap(List::stream);
  }
}
