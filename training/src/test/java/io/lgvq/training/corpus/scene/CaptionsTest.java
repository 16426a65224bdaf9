package io.lgvq.training.corpus.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CaptionsTest {

  private static final int SCENES = 3_000;

  @Test
  void shouldSayOnlyWordsOfTheVocabulary() {
    Set<String> words = new HashSet<>(Scenes.small().words());

    for (int i = 0; i < SCENES; i++) {
      Scene scene = Scenes.small().scene(Slice.TRAIN, i);
      for (String text : texts(scene, i)) {
        assertThat(words).as(text).containsAll(Vocabulary.split(text));
      }
    }
  }

  @Test
  void shouldSayNothingLongerThanTwentyThreeWordsAndNothingUpperCase() {
    for (int i = 0; i < SCENES; i++) {
      for (String caption : captions(Scenes.small().scene(Slice.TRAIN, i), i)) {
        assertThat(caption).matches("[a-z]+( [a-z]+){1,22}");
      }
    }
  }

  @Test
  void shouldNameEveryObjectInTheFirstThreeCaptionsOfAScene() {
    for (int i = 0; i < SCENES; i++) {
      Scene scene = Scenes.small().scene(Slice.SEEN_COMPOSITIONS, i);
      List<String> captions = Captions.of(scene, new Draw(i));
      String first = captions.get(0);

      for (Group group : scene.groups()) {
        assertThat(Vocabulary.split(first)).as(first).contains(group.form());
        group
            .tint()
            .ifPresent(tint -> assertThat(first).contains(tint.word() + " " + group.form()));
      }
    }
  }

  @Test
  void shouldUseTheRightArticleAndNumber() {
    Set<String> plurals = new HashSet<>();
    Set<String> singulars = new HashSet<>();
    for (Noun noun : Tables.nouns()) {
      if (!noun.word().equals(noun.plural())) {
        plurals.add(noun.plural());
        singulars.add(noun.word());
      }
    }
    Pattern wrongArticle = Pattern.compile("\\ba [aeio]|\\ba umb|\\ban [^aeiou]|\\ban uni");
    for (int i = 0; i < SCENES; i++) {
      for (String caption : captions(Scenes.small().scene(Slice.TRAIN, i), i)) {
        assertThat(wrongArticle.matcher(caption).find()).as(caption).isFalse();
        assertThat(numberDisagrees(caption, plurals, singulars)).as(caption).isFalse();
      }
    }
  }

  @Test
  void shouldSayMoreThanOneThingOfAScene() {
    double sentences = 0;
    for (int i = 0; i < SCENES; i++) {
      sentences += captions(Scenes.small().scene(Slice.TRAIN, i), i).size();
    }

    assertThat(sentences / SCENES).isGreaterThan(4);
  }

  /** Walks from each determiner to its noun, over colours. */
  private static boolean numberDisagrees(
      String caption, Set<String> plurals, Set<String> singulars) {
    boolean many = false;
    boolean open = false;
    for (String word : caption.split(" ")) {
      if (Set.of("two", "three", "four").contains(word)) {
        many = true;
        open = true;
      } else if (Set.of("a", "an").contains(word)) {
        many = false;
        open = true;
      } else if (open && plurals.contains(word)) {
        return !many;
      } else if (open && singulars.contains(word)) {
        return many;
      }
    }
    return false;
  }

  private static List<String> captions(Scene scene, int seed) {
    return Captions.of(scene, new Draw(seed));
  }

  private static List<String> texts(Scene scene, int seed) {
    var texts = new java.util.ArrayList<>(captions(scene, seed));
    Questions.of(scene, new Draw(seed)).stream().map(QuestionAnswer::question).forEach(texts::add);
    return texts;
  }
}
