package io.lgvq.training.corpus.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SliceTest {

  private static final int TRAIN = 20_000;
  private static final int TEST = 2_000;
  private static final Map<Slice, List<Scene>> COMPOSED = new EnumMap<>(Slice.class);

  @Test
  void shouldNeverTrainOnAPairThatTheSliceOfNewCompositionsShows() {
    Set<Set<String>> trained = new HashSet<>();
    scenes(Slice.TRAIN, TRAIN).forEach(scene -> trained.addAll(pairs(scene)));

    scenes(Slice.NEW_COMPOSITIONS, TEST)
        .forEach(
            scene ->
                assertThat(pairs(scene)).as("%s", scene).anyMatch(pair -> !trained.contains(pair)));
    assertThat(trained).hasSizeGreaterThan(8_000);
  }

  @Test
  void shouldBuildNewCompositionsFromKnownObjects() {
    Set<Noun> trained = nouns(Slice.TRAIN, TRAIN);

    assertThat(trained).containsAll(nouns(Slice.NEW_COMPOSITIONS, TEST));
  }

  @Test
  void shouldNeverTrainOnTheNewHand() {
    assertThat(scenes(Slice.TRAIN, TRAIN).flatMap(s -> s.groups().stream()).map(Group::hand))
        .doesNotContain(Hand.TWITTER);
    assertThat(scenes(Slice.NEW_HAND, TEST).flatMap(s -> s.groups().stream()).map(Group::hand))
        .containsOnly(Hand.TWITTER);
  }

  @Test
  void shouldNeverTrainOnANewConcept() {
    assertThat(nouns(Slice.TRAIN, TRAIN))
        .doesNotContainAnyElementsOf(nouns(Slice.NEW_CONCEPT, TEST));
  }

  @Test
  void shouldNotDrawANewConceptWithAKnownCodePoint() {
    List<Noun> nouns = Tables.nouns();

    assertThat(nouns).extracting(Noun::codePoint).doesNotHaveDuplicates();
    assertThat(nouns).extracting(Noun::word).doesNotHaveDuplicates();
  }

  @Test
  void shouldShowOnlyUnseenPhotographsBehindNewBackgrounds() {
    Set<Photo> trained = photos(Slice.TRAIN, TRAIN);
    Set<Photo> held = photos(Slice.NEW_BACKGROUND, TEST);

    assertThat(trained).doesNotContainAnyElementsOf(held);
    assertThat(trained)
        .extracting(Photo::place)
        .containsAll(held.stream().map(Photo::place).toList());
  }

  private static Stream<Scene> scenes(Slice slice, int count) {
    return COMPOSED.computeIfAbsent(slice, key -> compose(key, count)).stream();
  }

  private static List<Scene> compose(Slice slice, int count) {
    return Stream.iterate(0, i -> i < count, i -> i + 1)
        .map(i -> Scenes.small().scene(slice, i))
        .toList();
  }

  private static Set<Noun> nouns(Slice slice, int count) {
    Set<Noun> nouns = new HashSet<>();
    scenes(slice, count).forEach(scene -> scene.groups().forEach(group -> nouns.add(group.noun())));
    return nouns;
  }

  private static Set<Photo> photos(Slice slice, int count) {
    Set<Photo> photos = new HashSet<>();
    scenes(slice, count)
        .forEach(
            scene -> {
              if (scene.backdrop() instanceof Backdrop.View view) {
                photos.add(view.photo());
              }
            });
    return photos;
  }

  private static Set<Set<String>> pairs(Scene scene) {
    Set<Set<String>> pairs = new HashSet<>();
    for (Group a : scene.groups()) {
      for (Group b : scene.groups()) {
        if (a != b) {
          pairs.add(Set.of(a.noun().word(), b.noun().word()));
        }
      }
    }
    return pairs;
  }
}
