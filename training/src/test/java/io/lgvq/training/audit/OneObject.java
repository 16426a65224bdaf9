package io.lgvq.training.audit;

import io.lgvq.operators.image.Pixels;
import io.lgvq.training.MadeCorpus;
import io.lgvq.training.corpus.Sample;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import io.lgvq.training.corpus.Traits;
import java.util.List;
import java.util.Map;

/** Pictures of one object at one place: each pixel says which, and nothing is left to chance. */
final class OneObject extends MadeCorpus {

  static final List<String> OBJECTS = List.of("cat", "dog", "bus", "yak");
  static final List<String> PLACES = List.of("beach", "city", "fog", "snow", "valley");

  private static final int SIDE = 16;

  OneObject() {
    super("one object", SIDE);
  }

  @Override
  public long size(String split) {
    return 400;
  }

  @Override
  public Sample sample(String split, long index) {
    int object = (int) (index % OBJECTS.size());
    int place = (int) (index / OBJECTS.size() % PLACES.size());
    byte[] rgb = new byte[3 * SIDE * SIDE];
    java.util.Arrays.fill(rgb, (byte) (object * PLACES.size() + place));
    // The same everywhere but here, so that pictures are not all alike.
    rgb[3] = (byte) (index / 20 % 7);
    return new Sample(
        split + "-" + index,
        new Pixels(SIDE, SIDE, rgb),
        List.of("a %s in the %s".formatted(OBJECTS.get(object), PLACES.get(place))),
        List.of(
            new QuestionAnswer("what is in the picture", OBJECTS.get(object), "object"),
            new QuestionAnswer("what place is this", PLACES.get(place), "location")),
        List.of(OBJECTS.get(object)),
        List.of(1),
        new Traits(Map.of("place", PLACES.get(place)), List.of(Map.of("hand", "test"))));
  }
}
