package io.lgvq.cli;

import io.lgvq.operators.caption.CaptionResult;
import io.lgvq.operators.caption.CaptionSearch;
import io.lgvq.operators.caption.Captioner;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.tokenize.Tokenized;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what images show. */
@Command(
    name = "caption",
    mixinStandardHelpOptions = true,
    description = "Say what images show, from their codes alone. Needs no server.")
final class CaptionCommand extends ImageCommand {
  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "JPEG, PNG, GIF, BMP or WebP.")
  private List<Path> files;

  @Option(
      names = "--beam",
      paramLabel = "N",
      defaultValue = "3",
      description = "Beams of the search; 1 is greedy. Default: ${DEFAULT-VALUE}.")
  private int beam;

  @Spec private CommandSpec spec;

  @Override
  List<Path> files() {
    if (beam < 1) {
      throw new ParameterException(spec.commandLine(), "--beam must be at least 1");
    }
    return files;
  }

  @Override
  List<Result> results(
      BundleOperators operators, List<ImageFile.Loaded> images, List<Tokenized> tokens) {
    CaptionSearch search = beam == 1 ? CaptionSearch.greedy() : CaptionSearch.beam(beam);
    try (Captioner captioner = operators.captioner(search)) {
      List<CaptionResult> captions = captioner.apply(tokens.stream().map(Tokenized::grid).toList());
      return IntStream.range(0, images.size())
          .mapToObj(i -> result(images.get(i).file(), captions.get(i)))
          .toList();
    }
  }

  private static Result result(Path file, CaptionResult caption) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("caption", caption.best().text());
    fields.put("logProbability", caption.best().logProbability());
    fields.put("alternatives", caption.alternatives());
    return new Result(
        fields,
        String.format(
            Locale.ROOT,
            "%s: %s (log p %.2f)",
            file,
            caption.best().text(),
            caption.best().logProbability()));
  }
}
