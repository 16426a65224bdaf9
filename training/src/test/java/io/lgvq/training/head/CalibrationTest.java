package io.lgvq.training.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lgvq.training.head.Calibration.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {

  @Test
  void shouldFindTheTemperatureThatScoresWereSharpenedBy() {
    assertThat(Calibration.on(questions(3)).temperature()).isCloseTo(3, within(0.2f));
  }

  @Test
  void shouldSetTheThresholdWhereRightAndWrongAreEven() {
    assertThat(Calibration.on(questions(1)).threshold()).isBetween(0.4f, 0.6f);
  }

  @Test
  void shouldCallNothingSureIfEveryGuessIsWrong() {
    List<Scored> wrong =
        List.of(new Scored(new float[] {5, 0}, 1), new Scored(new float[] {0, 5}, 0));
    assertThat(Calibration.on(wrong).threshold()).isEqualTo(1);
  }

  @Test
  void shouldDoNothingWithoutQuestions() {
    assertThat(Calibration.on(List.of())).isEqualTo(new Calibration(1, 0));
  }

  /** Truths drawn from the softmax of random scores, which are then sharpened. */
  private static List<Scored> questions(float sharpness) {
    SplittableRandom random = new SplittableRandom(4);
    List<Scored> questions = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      float[] scores = new float[4];
      double[] weights = new double[4];
      double sum = 0;
      for (int k = 0; k < 4; k++) {
        double score = random.nextGaussian() * 1.5;
        scores[k] = (float) (score * sharpness);
        weights[k] = Math.exp(score);
        sum += weights[k];
      }
      double draw = random.nextDouble(sum);
      int truth = 0;
      while (truth < 3 && draw >= weights[truth]) {
        draw -= weights[truth++];
      }
      questions.add(new Scored(scores, truth));
    }
    return questions;
  }
}
