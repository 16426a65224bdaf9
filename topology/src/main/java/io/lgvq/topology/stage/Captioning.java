package io.lgvq.topology.stage;

import io.lgvq.operators.caption.CaptionResult;
import io.lgvq.operators.caption.CaptionResult.Scored;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.CaptionAlternative;
import io.lgvq.topology.event.TokensReader;
import java.time.Instant;

/** Grids to captions. */
final class Captioning extends TokensJob<CaptionResult, Caption> {

  Captioning(TokensReader reader, Rollout rollout) {
    super(reader, rollout, Captioner.class);
  }

  @Override
  Caption event(String imageId, CaptionResult result, Codebook codebook, Instant now) {
    return Caption.newBuilder()
        .setImageId(imageId)
        .setText(result.best().text())
        .setLogProbability(result.best().logProbability())
        .setAlternatives(result.alternatives().stream().map(Captioning::alternative).toList())
        .setModelName(codebook.name())
        .setModelVersion(codebook.version())
        .setCodebookDigest(codebook.digest())
        .setCaptionedAt(now)
        .build();
  }

  private static CaptionAlternative alternative(Scored scored) {
    return new CaptionAlternative(scored.text(), scored.logProbability());
  }
}
