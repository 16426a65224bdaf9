package io.lgvq.training.corpus.scene;

import java.util.List;
import java.util.Locale;

/** Whose art an object is drawn in: one package each. */
enum Hand {
  FLUENT_3D("@lobehub/fluent-emoji-3d"),
  FLUENT_FLAT("@iconify-json/fluent-emoji-flat"),
  GOOGLE("emoji-datasource-google"),
  FIREFOX("@iconify-json/fxemoji"),
  EMOJIONE("emojione"),
  OPENCLIPART("openclipart-png"),
  /** Never trained on. */
  TWITTER("emoji-datasource-twitter");

  /** The hands that training sees. */
  static final List<Hand> TRAINED =
      List.of(FLUENT_3D, FLUENT_FLAT, GOOGLE, FIREFOX, EMOJIONE, OPENCLIPART);

  private final String packageName;

  Hand(String packageName) {
    this.packageName = packageName;
  }

  String packageName() {
    return packageName;
  }

  /** As reports say it: {@code fluent-3d}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
