package io.lgvq.operators.tokenize;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.engine.Batches;
import io.lgvq.operators.engine.Binding;
import io.lgvq.operators.engine.Inputs;
import io.lgvq.operators.engine.Network;
import io.lgvq.operators.engine.OnnxEngine;
import io.lgvq.operators.engine.Outputs;
import io.lgvq.operators.engine.Port;
import io.lgvq.operators.image.Pixels;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokenizer of a bundle's {@code encoder.onnx}.
 *
 * <p>Threading: safe for use by several threads. Ownership: whoever opened it closes it.
 */
public final class OnnxTokenizer implements Tokenizer {

  private final BundleManifest manifest;
  private final Codebook codebook;
  private final int batch;
  private final Network<List<Pixels>, List<Tokenized>> encoder;

  /** Loads the encoder of a bundle. */
  public OnnxTokenizer(Bundle bundle, OnnxEngine engine) {
    this.manifest = bundle.manifest();
    this.codebook = bundle.codebook();
    this.batch = engine.batch();
    this.encoder =
        engine.load(
            Graph.ENCODER.key(),
            bundle.graph(Graph.ENCODER),
            new EncoderBinding(manifest, codebook));
  }

  @Override
  public List<Tokenized> apply(List<Pixels> pictures) {
    for (Pixels picture : pictures) {
      if (picture.width() != width() || picture.height() != height()) {
        throw new IllegalArgumentException(
            "a picture of %d x %d came to a tokenizer of %d x %d"
                .formatted(picture.width(), picture.height(), width(), height()));
      }
    }
    return Batches.split(pictures, batch, encoder::run);
  }

  @Override
  public Codebook codebook() {
    return codebook;
  }

  @Override
  public int width() {
    return manifest.image().width();
  }

  @Override
  public int height() {
    return manifest.image().height();
  }

  @Override
  public void close() {
    encoder.close();
  }

  /** {@code pixels} [B,3,H,W] to {@code codes} [B,n] and {@code error} [B]. */
  private static final class EncoderBinding implements Binding<List<Pixels>, List<Tokenized>> {

    private final BundleManifest.ImageShape image;
    private final BundleManifest.GridShape grid;
    private final Codebook codebook;

    /** What each of the 256 values of a channel becomes: (value / 255 - mean) / deviation. */
    private final float[][] normalised = new float[3][256];

    EncoderBinding(BundleManifest manifest, Codebook codebook) {
      this.image = manifest.image();
      this.grid = manifest.grid();
      this.codebook = codebook;
      for (int channel = 0; channel < 3; channel++) {
        for (int value = 0; value < 256; value++) {
          normalised[channel][value] =
              (value / 255f - image.mean().get(channel)) / image.deviation().get(channel);
        }
      }
    }

    @Override
    public List<Port> inputs() {
      return List.of(Port.floats("pixels", 3, image.height(), image.width()));
    }

    @Override
    public int rows(List<Pixels> pictures) {
      return pictures.size();
    }

    @Override
    public void write(List<Pixels> pictures, Inputs inputs) {
      FloatBuffer pixels = inputs.floats(0);
      float[] plane = new float[image.width() * image.height()];
      for (Pixels picture : pictures) {
        byte[] rgb = picture.rgb();
        for (int channel = 0; channel < 3; channel++) {
          float[] values = normalised[channel];
          for (int i = 0, from = channel; i < plane.length; i++, from += 3) {
            plane[i] = values[rgb[from] & 0xff];
          }
          pixels.put(plane);
        }
      }
    }

    @Override
    public List<Tokenized> read(List<Pixels> pictures, Outputs outputs) {
      IntBuffer codes = outputs.ints("codes", grid.codes());
      FloatBuffer error = outputs.floats("error", 1);
      List<Tokenized> results = new ArrayList<>(pictures.size());
      for (int i = 0; i < pictures.size(); i++) {
        int[] row = new int[grid.codes()];
        codes.get(row);
        results.add(
            new Tokenized(
                new TokenGrid(codebook, grid.height(), grid.width(), grid.depth(), row),
                error.get()));
      }
      return results;
    }
  }
}
