package io.lgvq.cli;

import io.lgvq.cli.shell.Failure;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.BundleManifest;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.complete.CompleteRequest;
import io.lgvq.operators.complete.CompleteResult;
import io.lgvq.operators.complete.Completer;
import io.lgvq.operators.complete.Holes;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.image.Region;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.sampling.Sampling;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.tokenize.Tokenized;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes up a part of an image. */
@Command(
    name = "complete",
    mixinStandardHelpOptions = true,
    description = "Make up a part of an image from the rest of its codes. Needs no server.")
final class CompleteCommand extends ImageCommand {
  @Parameters(index = "0", paramLabel = "IMAGE", description = "JPEG, PNG, GIF, BMP or WebP.")
  private Path file;

  @Option(
      names = "--mask",
      required = true,
      paramLabel = "X,Y,W,H",
      converter = RegionConverter.class,
      description =
          "The part: left and top edge, width and height, in pixels of the image. Each code that it"
              + " touches is made up.")
  private Region mask;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      converter = PngFile.Converter.class,
      description = "The whole picture, FILE.png, as the codes draw it.")
  private PngFile out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Draws what is made up; another seed, another picture. Without it the likeliest is taken.")
  private Optional<Long> seed = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  List<Path> files() {
    return List.of(file);
  }

  @Override
  void check(Bundle bundle) {
    if (!bundle.has(Graph.COMPLETE)) {
      throw new Failure(
          "The bundle %s has no complete head, so it cannot complete; docs/training.md tells how to"
                  .formatted(bundle.location())
              + " train one.");
    }
  }

  @Override
  List<Result> results(
      BundleOperators operators, List<ImageFile.Loaded> images, List<Tokenized> tokens) {
    ImageFile.Loaded image = images.get(0);
    Holes holes = holes(image, operators.bundle().manifest());
    CompleteRequest request =
        new CompleteRequest(
            tokens.get(0).grid(), holes, seed.map(OptionalLong::of).orElseGet(OptionalLong::empty));
    CompleteResult result;
    try (Completer completer =
        operators.completer(Sampling.standard(), Completer.STANDARD_ROUNDS)) {
      result = completer.apply(List.of(request)).get(0);
    }
    Pixels picture;
    try (Reconstructor reconstructor = operators.reconstructor()) {
      picture = reconstructor.apply(List.of(result.tokens())).get(0);
    }
    out.write(picture);
    return List.of(result(holes, result, picture));
  }

  private Holes holes(ImageFile.Loaded image, BundleManifest manifest) {
    if (!mask.within(image.width(), image.height())) {
      throw new ParameterException(
          spec.commandLine(),
          "--mask reaches beyond the image, which is %d x %d pixels"
              .formatted(image.width(), image.height()));
    }
    Holes holes =
        Holes.touchedBy(mask, image.width(), image.height(), manifest.image(), manifest.grid());
    if (holes.count() == 0) {
      Region shown =
          manifest
              .image()
              .fit()
              .part(
                  image.width(),
                  image.height(),
                  manifest.image().width(),
                  manifest.image().height());
      throw new ParameterException(
          spec.commandLine(),
          "--mask lies in what is cut off: of this image the models see %d,%d,%d,%d alone"
              .formatted(shown.x(), shown.y(), shown.width(), shown.height()));
    }
    return holes;
  }

  private Result result(Holes holes, CompleteResult result, Pixels picture) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("completed", out.path().toString());
    fields.put("width", picture.width());
    fields.put("height", picture.height());
    fields.put("madeUp", holes.indices().toArray());
    fields.put("logProbability", result.logProbability());
    fields.put("seed", seed);
    fields.put("codes", result.tokens().codes());
    return new Result(
        fields,
        String.format(
            Locale.ROOT,
            "%s: %s (%d of %d codes made up, log p %.1f)",
            file,
            out.path(),
            holes.count(),
            holes.places(),
            result.logProbability()));
  }
}
