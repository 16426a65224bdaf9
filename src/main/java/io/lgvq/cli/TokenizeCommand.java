package io.lgvq.cli;

import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.tokenize.Tokenized;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the codes of images. */
@Command(
    name = "tokenize",
    mixinStandardHelpOptions = true,
    description = "Print the codes of images. Needs no server.")
final class TokenizeCommand extends ImageCommand {
  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "JPEG, PNG, GIF, BMP or WebP.")
  private List<Path> files;

  @Override
  List<Path> files() {
    return files;
  }

  @Override
  List<Result> results(
      BundleOperators operators, List<ImageFile.Loaded> images, List<Tokenized> tokens) {
    return IntStream.range(0, images.size())
        .mapToObj(i -> result(images.get(i).file(), tokens.get(i)))
        .toList();
  }

  private static Result result(Path file, Tokenized tokens) {
    TokenGrid grid = tokens.grid();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("codebook", grid.codebook());
    fields.put("height", grid.height());
    fields.put("width", grid.width());
    fields.put("depth", grid.depth());
    fields.put("codes", grid.codes());
    fields.put("quantizationError", tokens.quantizationError());
    String head =
        String.format(
            Locale.ROOT,
            "%s: %d x %d x %d codes of %s %s, quantization error %.4f",
            file,
            grid.height(),
            grid.width(),
            grid.depth(),
            grid.codebook().name(),
            grid.codebook().version(),
            tokens.quantizationError());
    return new Result(fields, head + System.lineSeparator() + rows(grid));
  }

  private static String rows(TokenGrid grid) {
    int row = grid.width() * grid.depth();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < grid.codes().length; i++) {
      text.append(String.format(Locale.ROOT, "%6d", grid.codes()[i]));
      if ((i + 1) % row == 0) {
        text.append(System.lineSeparator());
      }
    }
    return text.toString().stripTrailing();
  }
}
