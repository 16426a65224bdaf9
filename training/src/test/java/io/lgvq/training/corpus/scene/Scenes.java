package io.lgvq.training.corpus.scene;

import static org.junit.jupiter.api.Assumptions.abort;

import io.lgvq.training.corpus.packages.PackageCache;
import io.lgvq.training.corpus.packages.PackageException;

/** The corpus that tests look at; skips them, with the reason, where packages cannot be had. */
final class Scenes {

  static final long SEED = 1;

  private static final ComposedScenes SMALL = open(64);

  private Scenes() {}

  static ComposedScenes small() {
    return available(SMALL);
  }

  static ComposedScenes large() {
    return available(open(256));
  }

  static ComposedScenes open(int side) {
    return new ComposedScenes(new PackageCache(PackageCache.standardHome()), side, SEED);
  }

  private static ComposedScenes available(ComposedScenes scenes) {
    try {
      scenes.fetch();
    } catch (PackageException e) {
      abort("the corpus' packages cannot be had here: " + e.getMessage());
    }
    return scenes;
  }
}
