package io.lgvq.topology.stage;

import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.image.PngEncoder;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.rollout.Rollout;
import io.lgvq.schemas.event.Reconstruction;
import io.lgvq.topology.event.TokensReader;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Grids to pictures. */
final class Reconstructing extends TokensJob<Pixels, Reconstruction> {

  Reconstructing(TokensReader reader, Rollout rollout) {
    super(reader, rollout, Reconstructor.class);
  }

  @Override
  Reconstruction event(String imageId, Pixels picture, Codebook codebook, Instant now) {
    return Reconstruction.newBuilder()
        .setImageId(imageId)
        .setData(ByteBuffer.wrap(PngEncoder.encode(picture)))
        .setWidth(picture.width())
        .setHeight(picture.height())
        .setModelName(codebook.name())
        .setModelVersion(codebook.version())
        .setCodebookDigest(codebook.digest())
        .setReconstructedAt(now)
        .build();
  }
}
