package io.lgvq.training.corpus.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.training.corpus.Sample.QuestionAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers are checked against the scene graph by code that shares nothing with the grammar. */
class QuestionsTest {

  private static final List<Scene> SCENES = new ArrayList<>();
  private static final Pattern BESIDE =
      Pattern.compile(
          "what (?:is|are) (?:to the |on the )?(left of|right of|above|over|below|under) the"
              + " (?:\\w+ )?(\\w+)");

  @BeforeAll
  static void compose() {
    for (int i = 0; i < 8_000; i++) {
      SCENES.add(Scenes.small().scene(Slice.TRAIN, i));
    }
  }

  @Test
  void shouldAnswerHowManyWithTheNumberOfFigures() {
    forEach(
        "number",
        (scene, asked) -> {
          Group group = named(scene, asked.question()).orElseThrow();
          assertThat(asked.answer())
              .as(asked.question())
              .isEqualTo(List.of("", "one", "two", "three", "four").get(group.count()));
        });
  }

  @Test
  void shouldAnswerColoursThatWerePaintedOrAreBeyondDoubt() {
    forEach(
        "colour",
        (scene, asked) -> {
          if (asked.question().contains("background")) {
            assertThat(scene.backdrop())
                .isInstanceOfSatisfying(
                    Backdrop.Wall.class,
                    wall -> assertThat(wall.colour().word()).isEqualTo(asked.answer()));
          } else {
            Group group = named(scene, asked.question()).orElseThrow();
            assertThat(group.colour().map(Colour::word)).contains(asked.answer());
          }
        });
  }

  @Test
  void shouldAnswerWhatIsBesideSomethingWithTheOnlyThingThere() {
    int[] seen = {0};
    forEach(
        "object",
        (scene, asked) -> {
          Matcher beside = BESIDE.matcher(asked.question());
          if (beside.matches()) {
            seen[0]++;
            Group anchor = named(scene, asked.question()).orElseThrow();
            List<String> there =
                scene.groups().stream()
                    .filter(group -> group != anchor)
                    .filter(group -> anyOnSide(group, anchor, beside.group(1)))
                    .map(group -> group.noun().word())
                    .toList();
            assertThat(there).as(asked.question()).containsExactly(asked.answer());
          }
        });

    assertThat(seen[0]).isGreaterThan(1_000);
  }

  @Test
  void shouldAnswerOneWordThatIsInTheAnswerList() {
    Set<String> answers = new HashSet<>(Scenes.small().answers());
    for (Scene scene : SCENES) {
      Questions.of(scene, new Draw(1))
          .forEach(asked -> assertThat(answers).as(asked.question()).contains(asked.answer()));
    }
  }

  @Test
  void shouldMakeGuessingTheMostFrequentAnswerWeak() {
    Map<String, Map<String, Integer>> counts = new HashMap<>();
    for (int i = 0; i < SCENES.size(); i++) {
      for (QuestionAnswer asked : Questions.of(SCENES.get(i), new Draw(i))) {
        counts
            .computeIfAbsent(asked.type(), type -> new HashMap<>())
            .merge(asked.answer(), 1, Integer::sum);
      }
    }

    assertThat(majority(counts.get("object"))).isLessThan(0.02);
    assertThat(majority(counts.get("number"))).isLessThan(0.30);
    assertThat(majority(counts.get("colour"))).isLessThan(0.17);
    assertThat(majority(counts.get("location"))).isLessThan(0.17);
  }

  @Test
  void shouldMakeGuessingFromTheQuestionAloneWeak() {
    Map<String, Map<String, Map<String, Integer>>> seen = new HashMap<>();
    for (int i = 0; i < SCENES.size(); i++) {
      for (QuestionAnswer asked : Questions.of(SCENES.get(i), new Draw(i))) {
        seen.computeIfAbsent(asked.type(), type -> new HashMap<>())
            .computeIfAbsent(asked.question(), question -> new HashMap<>())
            .merge(asked.answer(), 1, Integer::sum);
      }
    }
    Map<String, Double> guess = new HashMap<>();
    // Only questions that were asked often can be guessed without knowing the test's answers.
    seen.forEach((type, questions) -> guess.put(type, guess(questions)));

    assertThat(guess.get("object")).isLessThan(0.05);
    assertThat(guess.get("location")).isLessThan(0.32);
  }

  private static double guess(Map<String, Map<String, Integer>> questions) {
    int asked = 0;
    int right = 0;
    for (Map<String, Integer> answers : questions.values()) {
      int total = answers.values().stream().mapToInt(Integer::intValue).sum();
      if (total >= 100) {
        asked += total;
        right += answers.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
      }
    }
    return (double) right / asked;
  }

  private static double majority(Map<String, Integer> answers) {
    double all = answers.values().stream().mapToInt(Integer::intValue).sum();
    return answers.values().stream().mapToInt(Integer::intValue).max().orElseThrow() / all;
  }

  private static boolean anyOnSide(Group group, Group anchor, String side) {
    for (Figure a : group.figures()) {
      for (Figure b : anchor.figures()) {
        boolean there =
            switch (side) {
              case "left of" -> a.x() < b.x() - 0.1;
              case "right of" -> a.x() > b.x() + 0.1;
              case "above", "over" -> a.y() < b.y() - 0.1;
              default -> a.y() > b.y() + 0.1;
            };
        if (there) {
          return true;
        }
      }
    }
    return false;
  }

  /** The group whose noun, singular or plural, is the last one in the text. */
  private static Optional<Group> named(Scene scene, String text) {
    List<String> words = List.of(text.split(" "));
    return scene.groups().stream()
        .max(
            java.util.Comparator.comparingInt(
                group ->
                    Math.max(
                        words.lastIndexOf(group.noun().word()),
                        words.lastIndexOf(group.noun().plural()))));
  }

  private interface Check {
    void check(Scene scene, QuestionAnswer asked);
  }

  private static void forEach(String type, Check check) {
    int seen = 0;
    for (int i = 0; i < SCENES.size(); i++) {
      for (QuestionAnswer asked : Questions.of(SCENES.get(i), new Draw(i))) {
        if (asked.type().equals(type)) {
          check.check(SCENES.get(i), asked);
          seen++;
        }
      }
    }
    assertThat(seen).isGreaterThan(1_000);
  }
}
