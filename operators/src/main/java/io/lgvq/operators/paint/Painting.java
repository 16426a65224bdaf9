package io.lgvq.operators.paint;

import io.lgvq.operators.sampling.CodeDraw;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Paints a batch of pictures place by place. Each may be painted on a second canvas that knows no
 * text; what the text changes is then exaggerated: the logarithms are {@code without + guidance *
 * (with - without)} (classifier-free guidance; Ho and Salimans, arXiv 2207.12598, for codes as in
 * Make-A-Scene, arXiv 2203.13131).
 *
 * <p>One painting, one thread. Knows no engine: {@link Prior} is whatever tells the next code.
 */
final class Painting {

  private final Prior prior;
  private final float guidance;

  /**
   * @param guidance 1 for what the text says, no more; only pictures with a second canvas heed it
   */
  Painting(Prior prior, float guidance) {
    this.prior = prior;
    this.guidance = guidance;
  }

  /**
   * A picture to be painted.
   *
   * @param told the canvas that knows the text, empty
   * @param untold the canvas that knows none, empty; absent where nothing is to be exaggerated
   * @param draw chooses the codes
   */
  record Picture(Canvas told, Optional<Canvas> untold, CodeDraw draw) {}

  /**
   * Fills all canvases.
   *
   * @return natural logarithm of the probability of each picture's codes given its text
   */
  double[] paint(List<Picture> pictures) {
    List<Canvas> canvases = new ArrayList<>();
    pictures.forEach(picture -> canvases.add(picture.told()));
    pictures.forEach(picture -> picture.untold().ifPresent(canvases::add));
    double[] total = new double[pictures.size()];
    int places = pictures.get(0).told().codes().length;
    for (int place = 0; place < places; place++) {
      List<Prior.Next> next = prior.next(canvases);
      int untold = pictures.size();
      for (int i = 0; i < pictures.size(); i++) {
        Picture picture = pictures.get(i);
        Prior.Next told = next.get(i);
        if (picture.untold().isEmpty()) {
          int code = picture.draw().at(place, told.logProbabilities());
          picture.told().put(code, told.entry());
          total[i] += told.logProbabilities()[code];
        } else {
          Prior.Next blank = next.get(untold++);
          int code = picture.draw().at(place, exaggerated(told, blank));
          picture.told().put(code, told.entry());
          picture.untold().get().put(code, blank.entry());
          total[i] += told.logProbabilities()[code];
        }
      }
    }
    return total;
  }

  private float[] exaggerated(Prior.Next told, Prior.Next blank) {
    float[] mixed = blank.logProbabilities().clone();
    for (int code = 0; code < mixed.length; code++) {
      mixed[code] += guidance * (told.logProbabilities()[code] - mixed[code]);
    }
    return mixed;
  }
}
