package io.lgvq.cli;

import io.lgvq.cli.shell.Failure;
import io.lgvq.cli.shell.Json;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.image.Pixels;
import io.lgvq.operators.paint.PaintRequest;
import io.lgvq.operators.paint.PaintResult;
import io.lgvq.operators.paint.Painter;
import io.lgvq.operators.reconstruct.Reconstructor;
import io.lgvq.operators.sampling.Sampling;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.text.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Paints what a text says. */
@Command(
    name = "paint",
    mixinStandardHelpOptions = true,
    description = "Paint what a text says: codes from the text, a picture from the codes.")
final class PaintCommand implements Callable<Integer> {
  @Mixin private ModelOptions model;

  @Parameters(index = "0", paramLabel = "TEXT", description = "In plain words.")
  private String text;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      converter = PngFile.Converter.class,
      description = "The picture, FILE.png; of several ones FILE-1.png, FILE-2.png and so on.")
  private PngFile out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another one, another picture. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "Pictures, of this seed and those that follow. Default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description =
          "0 takes the likeliest code always, 1 draws as the model says. Default: ${DEFAULT-VALUE}.")
  private float temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "100",
      description = "Draws among the K likeliest codes; 0 is all. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--guidance",
      paramLabel = "S",
      defaultValue = "" + Painter.STANDARD_GUIDANCE,
      description =
          "How far the text's say is exaggerated; 1 is not at all and takes half the time. Default:"
              + " ${DEFAULT-VALUE}.")
  private float guidance;

  @Option(names = "--json", description = "Print a JSON array with one object a picture.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Sampling sampling = sampling();
    BundleOperators operators = model.operators();
    List<String> unknown = unknown(operators.bundle());
    List<PaintRequest> requests =
        LongStream.range(seed, seed + count)
            .mapToObj(each -> new PaintRequest(text, each))
            .toList();
    List<PaintResult> results;
    try (Painter painter = operators.painter(sampling, guidance)) {
      results = painter.apply(requests);
    }
    print(requests, results, write(operators, results), unknown);
    return ExitCode.OK;
  }

  private Sampling sampling() {
    require(!Vocabulary.split(text).isEmpty(), "TEXT must hold a word");
    require(count >= 1, "--count must be at least 1");
    require(seed <= Long.MAX_VALUE - count, "--seed is too large for so many pictures");
    require(guidance >= 0 && Float.isFinite(guidance), "--guidance must be a number of 0 or more");
    require(
        temperature >= 0 && Float.isFinite(temperature),
        "--temperature must be a number of 0 or more");
    require(top >= 0, "--top-k must be 0 or more");
    return new Sampling(temperature, top);
  }

  private void require(boolean condition, String sentence) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), sentence);
    }
  }

  /** Words that say nothing to the bundle. */
  private List<String> unknown(Bundle bundle) {
    if (!bundle.has(Graph.PAINT_STEP)) {
      throw new Failure(
          "The bundle %s has no paint head, so it cannot paint; docs/training.md tells how to train one."
              .formatted(bundle.location()));
    }
    Vocabulary vocabulary = bundle.vocabulary();
    List<String> words = Vocabulary.split(text);
    List<String> unknown =
        words.stream()
            .filter(word -> vocabulary.id(word) == Vocabulary.UNKNOWN)
            .distinct()
            .toList();
    if (unknown.size() == words.stream().distinct().count()) {
      throw new Failure("The bundle %s knows none of these words.".formatted(bundle.location()));
    }
    if (!unknown.isEmpty()) {
      say("the bundle does not know: " + String.join(", ", unknown));
    }
    int most = bundle.text().captionLength() - 1;
    if (words.size() > most) {
      say("words after the first %d are not read".formatted(most));
    }
    return unknown;
  }

  private void say(String sentence) {
    spec.commandLine().getErr().println("lgvq: " + sentence);
  }

  private List<Path> write(BundleOperators operators, List<PaintResult> results) {
    List<Pixels> pictures;
    try (Reconstructor reconstructor = operators.reconstructor()) {
      pictures = reconstructor.apply(results.stream().map(PaintResult::tokens).toList());
    }
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      PngFile file = count == 1 ? out : out.numbered(i + 1);
      file.write(pictures.get(i));
      files.add(file.path());
    }
    return files;
  }

  private void print(
      List<PaintRequest> requests,
      List<PaintResult> results,
      List<Path> files,
      List<String> unknown) {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      PaintResult result = results.get(i);
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", files.get(i).toString());
      object.put("text", text);
      object.put("unknownWords", unknown);
      object.put("seed", requests.get(i).seed());
      object.put("logProbability", result.logProbability());
      object.put("codes", result.tokens().codes());
      objects.add(object);
      if (!json) {
        spec.commandLine()
            .getOut()
            .printf(
                Locale.ROOT,
                "%s: seed %d (log p %.1f)%n",
                files.get(i),
                requests.get(i).seed(),
                result.logProbability());
      }
    }
    if (json) {
      spec.commandLine().getOut().println(Json.pretty(objects));
    }
  }
}
