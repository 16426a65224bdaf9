package io.lgvq.training;

import io.lgvq.operators.bundle.BundleShelf;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/** A bundle on the command line: a folder, a zip file, or the name of one below {@code bundles}. */
final class BundleLocation implements ITypeConverter<Path> {

  @Override
  public Path convert(String given) {
    return BundleShelf.current().find(Path.of(given));
  }
}
