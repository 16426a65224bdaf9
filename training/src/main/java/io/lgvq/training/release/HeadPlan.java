package io.lgvq.training.release;

import io.lgvq.training.complete.CompleteSettings;
import io.lgvq.training.head.HeadSettings;
import io.lgvq.training.paint.PaintSettings;
import io.lgvq.training.probe.ProbeSettings;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which heads a bundle gets, and how each is trained.
 *
 * @param settings of the images and words that all heads share, and of the text heads
 * @param text whether caption and answer head are trained
 * @param paint absent if there is to be no paint head
 * @param complete absent if there is to be no complete head
 * @param probe absent if there are to be no language graphs
 */
public record HeadPlan(
    HeadSettings settings,
    boolean text,
    Optional<PaintSettings> paint,
    Optional<CompleteSettings> complete,
    Optional<ProbeSettings> probe) {

  /** Caption and answer head alone. */
  public static HeadPlan text(HeadSettings settings) {
    return new HeadPlan(settings, true, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The heads that are trained. */
  public Set<Head> heads() {
    Set<Head> heads = EnumSet.noneOf(Head.class);
    if (text) {
      heads.add(Head.TEXT);
    }
    paint.ifPresent(settings -> heads.add(Head.PAINT));
    complete.ifPresent(settings -> heads.add(Head.COMPLETE));
    probe.ifPresent(settings -> heads.add(Head.PROBE));
    return heads;
  }
}
