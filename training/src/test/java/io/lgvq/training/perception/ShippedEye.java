package io.lgvq.training.perception;

import io.lgvq.training.corpus.packages.PackageCache;
import io.lgvq.training.corpus.packages.PackageCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The real network, as npm has it, for tests. */
public final class ShippedEye {

  private ShippedEye() {}

  /** Loads it, fetched if need be; whoever opens it closes it. */
  public static MobileNet open() {
    try {
      return MobileNet.load(
          new PackageCache(PackageCache.standardHome()).folder(PackageCatalog.perception()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
