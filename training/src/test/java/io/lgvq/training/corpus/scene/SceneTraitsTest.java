package io.lgvq.training.corpus.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import io.lgvq.training.corpus.Traits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SceneTraitsTest {

  private static final int LOOKED_AT = 60;

  @Test
  void shouldTellWhatTheSceneGraphSays() {
    Scene scene =
        new Scene(
            new Backdrop.View(new Photo("beach", "beach0", false), 0, 0, 0, false),
            List.of(
                group("dog", Optional.empty(), Hand.FLUENT_3D, Optional.of(Colour.RED), 0.34375, 2),
                group(
                    "banana", Optional.of(Colour.YELLOW), Hand.TWITTER, Optional.empty(), 0.375, 1),
                group("clock", Optional.empty(), Hand.GOOGLE, Optional.empty(), 0.5, 1)),
            List.of(1.0, 1.0, 1.0));

    assertThat(SceneTraits.of(scene))
        .isEqualTo(
            new Traits(
                Map.of("place", "beach"),
                List.of(
                    object("red", "fluent-3d", "below 3/8 of the side"),
                    object("yellow", "twitter", "3/8 to 1/2 of the side"),
                    object("no one colour", "google", "1/2 of the side or more"))));
  }

  @Test
  void shouldAgreeWithThePictureThatIsPaintedOfTheScene() {
    for (int index = 0; index < LOOKED_AT; index++) {
      Sample sample = Scenes.small().sample("test-new-hand", index);
      Scene scene = Scenes.small().scene(Slice.NEW_HAND, index);

      assertThat(sample.traits()).isEqualTo(SceneTraits.of(scene));
      assertThat(sample.traits().objects())
          .hasSameSizeAs(sample.objects())
          .allSatisfy(object -> assertThat(object).containsEntry("hand", "twitter"));
    }
  }

  @Test
  void shouldAgreeWithTheAnswersThatAreTrueOfTheScene() {
    for (int index = 0; index < LOOKED_AT; index++) {
      Sample sample = Scenes.small().sample("test-seen-compositions", index);
      Map<String, String> image = sample.traits().image();
      for (QuestionAnswer question : sample.questions()) {
        if (question.question().equals("what place is this")) {
          assertThat(image).containsEntry("place", question.answer());
        }
        if (question.question().equals("what color is the background")) {
          assertThat(image).containsEntry("place", question.answer() + " wall");
        }
      }
      assertThat(sample.traits().objects()).noneMatch(object -> object.containsValue("twitter"));
    }
  }

  private static Group group(
      String noun, Optional<Colour> own, Hand hand, Optional<Colour> tint, double size, int count) {
    return new Group(
        new Noun(noun, noun + "s", "0", own, Optional.empty(), true),
        hand,
        tint,
        java.util.Collections.nCopies(count, new Figure(0.5, 0.5, size, false)));
  }

  private static Map<String, String> object(String colour, String hand, String size) {
    return Map.of("colour", colour, "hand", hand, "size", size);
  }
}
