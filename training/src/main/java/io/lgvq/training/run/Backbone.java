package io.lgvq.training.run;

import io.lgvq.training.tokenizer.QuantizerSettings;
import io.lgvq.training.tokenizer.QuantizerSettings.Rule;
import io.lgvq.training.tokenizer.TokenizerSettings;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The kinds of tokenizer that LG-VQ's guidance is tried on; each runs with it and without. */
public enum Backbone {
  /** Reconstruction and commitment (LG-VQ, eq. 2). */
  VQ_VAE("vq-vae"),
  /** With a perceptual distance and a patch discriminator (Esser et al., CVPR 2021). */
  VQ_GAN("vq-gan"),
  /** A VQ-GAN whose unused codes are anchored anew (Zheng and Vedaldi, ICCV 2023). */
  CVQ("cvq");

  private final String title;

  Backbone(String title) {
    this.title = title;
  }

  /**
   * The backbone of a title.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Backbone named(String title) {
    return Arrays.stream(values())
        .filter(backbone -> backbone.title.equals(title))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no backbone '%s'; there are %s"
                        .formatted(
                            title,
                            Arrays.stream(values())
                                .map(Backbone::title)
                                .collect(Collectors.joining(", ")))));
  }

  /** What it is called in presets and on the command line. */
  public String title() {
    return title;
  }

  /** Whether an adversary takes part. */
  public boolean adversarial() {
    return this != VQ_VAE;
  }

  /** The settings as this backbone wants them: its own rule for the codebook, if it has one. */
  TokenizerSettings shaped(TokenizerSettings settings) {
    if (this != CVQ) {
      return settings;
    }
    QuantizerSettings given = settings.quantizer();
    return new TokenizerSettings(
        settings.shape(),
        new QuantizerSettings(
            Rule.CLUSTERED,
            given.commitment(),
            given.decay(),
            given.deadShare(),
            given.restartEvery()),
        settings.absolute(),
        settings.squared(),
        settings.batch(),
        settings.schedule(),
        settings.optimizer());
  }
}
