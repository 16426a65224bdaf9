package io.lgvq.training.corpus.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.packages.PackageCache;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComposedScenesTest {

  @Test
  void shouldShowFewKindsOfObjectsAlone() {
    var few = ComposedScenes.ofKinds(new PackageCache(PackageCache.standardHome()), 64, 1, 8);
    Set<String> shown =
        LongStream.range(0, 300)
            .mapToObj(index -> few.sample("train", index))
            .flatMap(sample -> sample.objects().stream())
            .collect(Collectors.toSet());
    assertThat(shown).hasSize(8);
    assertThat(few.sample("test-new-compositions", 0).objects()).isSubsetOf(shown);
    assertThat(few.sample("test-new-concept", 0).objects()).doesNotContainAnyElementsOf(shown);
    assertThat(few.answers()).containsAll(shown);
    assertThat(few.name()).isEqualTo("composed scenes of 8 kinds, seed 1");
  }

  @Test
  void shouldSayHowManyKindsThereCanBe() {
    assertThatThrownBy(
            () -> ComposedScenes.ofKinds(new PackageCache(PackageCache.standardHome()), 64, 1, 500))
        .hasMessageContaining("8 to 100 kinds");
  }

  @Test
  void shouldGiveTheSamePictureAndSentencesToTwoReaders() {
    Scenes.small();
    ComposedScenes again = Scenes.open(64);

    for (long index : new long[] {7, 2, 1_234_567_890}) {
      assertThat(again.sample("train", index)).isEqualTo(Scenes.small().sample("train", index));
    }
  }

  @Test
  void shouldGiveOtherPicturesToOtherSplitsAndSeeds() {
    Sample train = Scenes.small().sample("train", 3);

    assertThat(Scenes.small().sample("validation", 3).pixels()).isNotEqualTo(train.pixels());
    assertThat(train.id()).isEqualTo("train-3");
  }

  @Test
  void shouldPaintTheSameSceneAtAnotherSize() {
    for (int index = 0; index < 12; index++) {
      Sample small = Scenes.small().sample("validation", index);
      Sample large = Scenes.large().sample("validation", index);

      assertThat(large.captions()).isEqualTo(small.captions());
      assertThat(large.questions()).isEqualTo(small.questions());
      assertThat(difference(small.pixels(), shrunk(large.pixels(), 64))).isLessThan(14.0);
    }
  }

  @Test
  void shouldCountItsObjects() {
    for (int index = 0; index < 50; index++) {
      Sample sample = Scenes.small().sample("validation", index);

      assertThat(sample.counts()).hasSameSizeAs(sample.objects());
      assertThat(sample.counts().stream().mapToInt(Integer::intValue).sum())
          .isEqualTo(Scenes.small().objectCount("validation", index));
    }
  }

  @ParameterizedTest
  @EnumSource(Slice.class)
  void shouldRefuseAnIndexOutsideASplit(Slice slice) {
    ComposedScenes scenes = Scenes.open(64);

    assertThatThrownBy(() -> scenes.sample(slice.split(), slice.size()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(slice.split());
  }

  @Test
  void shouldGivePicturesWithTheDigestsThatWereSeenWhenTheCorpusWasMade() throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    for (Slice slice : Slice.values()) {
      for (int index = 0; index < 20; index++) {
        Sample sample = Scenes.small().sample(slice.split(), index);
        digest.update(sample.pixels().rgb());
        digest.update(
            sample.captions().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update(
            sample.questions().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }

    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("e74018370a4a8081ec4b5dc1ee5377411fa163f12fd04c678f0e73deb8df2ab2");
  }

  private static Pixels shrunk(Pixels large, int side) {
    int[] argb = new int[large.width() * large.height()];
    for (int i = 0; i < argb.length; i++) {
      argb[i] =
          0xFF000000
              | (large.rgb()[3 * i] & 255) << 16
              | (large.rgb()[3 * i + 1] & 255) << 8
              | large.rgb()[3 * i + 2] & 255;
    }
    int[] small = new Raster(large.width(), large.height(), argb).scaled(side, side).argb();
    byte[] rgb = new byte[3 * small.length];
    for (int i = 0; i < small.length; i++) {
      rgb[3 * i] = (byte) (small[i] >> 16);
      rgb[3 * i + 1] = (byte) (small[i] >> 8);
      rgb[3 * i + 2] = (byte) small[i];
    }
    return new Pixels(side, side, rgb);
  }

  private static double difference(Pixels a, Pixels b) {
    long sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      sum += Math.abs((a.rgb()[i] & 255) - (b.rgb()[i] & 255));
    }
    return (double) sum / a.rgb().length;
  }
}
