package io.lgvq.cli;

import io.lgvq.cli.shell.Failure;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.tokenize.Tokenized;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws images back from their codes. */
@Command(
    name = "reconstruct",
    mixinStandardHelpOptions = true,
    description = "Draw images back from their codes, as PNG. Needs no server.")
final class ReconstructCommand extends ImageCommand {
  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "JPEG, PNG, GIF, BMP or WebP.")
  private List<Path> files;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description =
          "Where NAME.reconstructed.png goes, of images of the same name NAME-2 and so on. Default:"
              + " the working directory.")
  private Path out;

  private final Set<String> written = new HashSet<>();

  @Override
  List<Path> files() {
    return files;
  }

  @Override
  List<Result> results(
      BundleOperators operators, List<ImageFile.Loaded> images, List<Tokenized> tokens) {
    try (Reconstructor reconstructor = operators.reconstructor()) {
      List<Pixels> pictures = reconstructor.apply(tokens.stream().map(Tokenized::grid).toList());
      return IntStream.range(0, images.size())
          .mapToObj(i -> result(images.get(i), pictures.get(i)))
          .toList();
    }
  }

  private Result result(ImageFile.Loaded image, Pixels picture) {
    Path written = write(image.file(), picture);
    double psnr = psnr(image.pixels(), picture);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("reconstruction", written.toString());
    fields.put("width", picture.width());
    fields.put("height", picture.height());
    fields.put("psnr", psnr);
    return new Result(
        fields,
        String.format(
            Locale.ROOT,
            "%s: %s (%d x %d, %.2f dB against the image at this size)",
            image.file(),
            written,
            picture.width(),
            picture.height(),
            psnr));
  }

  /** A name that no other image of this call has: a/x.png and b/x.png are two pictures. */
  private String name(Path image) {
    String stem = image.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    String name = stem + ".reconstructed.png";
    for (int number = 2; !written.add(name); number++) {
      name = stem + "-" + number + ".reconstructed.png";
    }
    return name;
  }

  private Path write(Path image, Pixels picture) {
    Path file = out.resolve(name(image));
    BufferedImage drawn =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = picture.rgb();
    for (int i = 0; i < picture.width() * picture.height(); i++) {
      int colour =
          ((rgb[3 * i] & 255) << 16) | ((rgb[3 * i + 1] & 255) << 8) | (rgb[3 * i + 2] & 255);
      drawn.setRGB(i % picture.width(), i / picture.width(), colour);
    }
    try {
      Files.createDirectories(out);
      ImageIO.write(drawn, "png", file.toFile());
      return file;
    } catch (IOException e) {
      throw new Failure("The file %s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Peak signal-to-noise ratio in decibels over all channels, peak 255; at most 99. */
  private static double psnr(Pixels truth, Pixels picture) {
    double squares = 0;
    for (int i = 0; i < truth.rgb().length; i++) {
      double difference = (truth.rgb()[i] & 255) - (picture.rgb()[i] & 255);
      squares += difference * difference;
    }
    double mean = squares / truth.rgb().length;
    return mean == 0 ? 99 : Math.min(99, 10 * Math.log10(255 * 255 / mean));
  }
}
