package io.lgvq.cli;

import io.lgvq.cli.shell.Failure;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.image.PngEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a picture goes.
 *
 * @param path ends in {@code .png}
 */
record PngFile(Path path) {
  private static final String ENDING = ".png";

  /** Reads an option. */
  static final class Converter implements ITypeConverter<PngFile> {
    @Override
    public PngFile convert(String value) {
      if (!value.toLowerCase(Locale.ROOT).endsWith(ENDING)) {
        throw new TypeConversionException(
            "'" + value + "' does not end in .png, and PNG is what is written");
      }
      return new PngFile(Path.of(value));
    }
  }

  /** The file of one of several pictures: {@code cat.png} becomes {@code cat-2.png}. */
  PngFile numbered(int number) {
    String name = path.getFileName().toString();
    String stem = name.substring(0, name.length() - ENDING.length());
    String ending = name.substring(stem.length());
    return new PngFile(path.resolveSibling(stem + "-" + number + ending));
  }

  /** Writes the picture over whatever is there; missing folders are made. */
  void write(Pixels picture) {
    try {
      Path parent = path.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.write(path, PngEncoder.encode(picture));
    } catch (IOException e) {
      throw new Failure("The file %s cannot be written: %s".formatted(path, e.getMessage()), e);
    }
  }
}
