package io.lgvq.operators.reconstruct;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.codebook.AcceptedTokens;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.engine.Batches;
import io.lgvq.operators.engine.CodesBinding;
import io.lgvq.operators.engine.Network;
import io.lgvq.operators.engine.OnnxEngine;
import io.lgvq.operators.engine.Outputs;
import io.lgvq.operators.image.Pixels;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The reconstructor of a bundle's {@code decoder.onnx}.
 *
 * <p>Threading: safe for use by several threads. Ownership: whoever opened it closes it.
 */
public final class OnnxReconstructor implements Reconstructor {

  private final AcceptedTokens accepted;
  private final int batch;
  private final Network<List<TokenGrid>, List<Pixels>> decoder;

  /** Loads the decoder of a bundle. */
  public OnnxReconstructor(Bundle bundle, OnnxEngine engine) {
    this.accepted = new AcceptedTokens(bundle.codebook(), bundle.manifest().grid().codes());
    this.batch = engine.batch();
    this.decoder =
        engine.load(
            Graph.DECODER.key(),
            bundle.graph(Graph.DECODER),
            new DecoderBinding(bundle.manifest().image(), accepted.count()));
  }

  @Override
  public List<Pixels> apply(List<TokenGrid> grids) {
    grids.forEach(accepted::require);
    return Batches.split(grids, batch, decoder::run);
  }

  @Override
  public Codebook codebook() {
    return accepted.codebook();
  }

  @Override
  public void close() {
    decoder.close();
  }

  /** {@code codes} [B,n] to {@code pixels} [B,3,H,W], normalised. */
  private record DecoderBinding(BundleManifest.ImageShape image, int codes)
      implements CodesBinding<List<Pixels>> {

    @Override
    public List<Pixels> read(List<TokenGrid> grids, Outputs outputs) {
      float[] plane = new float[image.width() * image.height()];
      FloatBuffer pixels = outputs.floats("pixels", 3 * plane.length);
      List<Pixels> pictures = new ArrayList<>(grids.size());
      for (int i = 0; i < grids.size(); i++) {
        byte[] rgb = new byte[3 * plane.length];
        for (int channel = 0; channel < 3; channel++) {
          float scale = 255 * image.deviation().get(channel);
          float shift = 255 * image.mean().get(channel);
          pixels.get(plane);
          for (int from = 0, to = channel; from < plane.length; from++, to += 3) {
            rgb[to] = (byte) Math.max(0, Math.min(255, Math.round(plane[from] * scale + shift)));
          }
        }
        pictures.add(new Pixels(image.width(), image.height(), rgb));
      }
      return pictures;
    }
  }
}
