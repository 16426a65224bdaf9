package io.lgvq.cli;

import io.lgvq.cli.shell.Json;
import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.image.ImageDecoder;
import io.lgvq.operators.image.ImageLimits;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.tokenize.Tokenized;
import io.lgvq.operators.tokenize.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that tokenizes image files in this JVM and does something with the codes. An image that
 * cannot be read is told on standard error, the others are worked on, and the exit code is 1.
 */
abstract class ImageCommand implements Callable<Integer> {
  @Mixin private ModelOptions model;

  @Option(names = "--json", description = "Print a JSON array with one object an image.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** The files to work on. */
  abstract List<Path> files();

  /** Makes sure that the bundle can do what is wanted, before any image is read. */
  void check(Bundle bundle) {}

  /**
   * What there is to say of each image.
   *
   * @param images the readable ones
   * @param tokens of each image
   * @return one result an image, in the same order
   */
  abstract List<Result> results(
      BundleOperators operators, List<ImageFile.Loaded> images, List<Tokenized> tokens);

  /**
   * What there is to say of an image.
   *
   * @param fields for programs, beside the file's name
   * @param text for people
   */
  record Result(Map<String, Object> fields, String text) {}

  @Override
  public Integer call() {
    BundleOperators operators = model.operators();
    check(operators.bundle());
    List<ImageFile> images = read(operators);
    List<ImageFile.Loaded> readable = new ArrayList<>();
    for (ImageFile image : images) {
      if (image instanceof ImageFile.Loaded picture) {
        readable.add(picture);
      }
    }
    print(images, readable.isEmpty() ? List.of() : work(operators, readable));
    return readable.size() == images.size() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private List<ImageFile> read(BundleOperators operators) {
    try (ImageDecoder decoder = operators.decoder(ImageLimits.standard())) {
      return files().stream().map(file -> ImageFile.read(file, decoder)).toList();
    }
  }

  private List<Result> work(BundleOperators operators, List<ImageFile.Loaded> readable) {
    try (Tokenizer tokenizer = operators.tokenizer()) {
      List<Tokenized> tokens =
          tokenizer.apply(readable.stream().map(ImageFile.Loaded::pixels).toList());
      return results(operators, readable, tokens);
    }
  }

  private void print(List<ImageFile> images, List<Result> results) {
    List<Map<String, Object>> objects = new ArrayList<>();
    int next = 0;
    for (ImageFile image : images) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("file", image.file().toString());
      if (image instanceof ImageFile.Refused unreadable) {
        object.put("error", Map.of("reason", unreadable.reason(), "detail", unreadable.detail()));
        spec.commandLine()
            .getErr()
            .printf("lgvq: %s: %s (%s)%n", image.file(), unreadable.detail(), unreadable.reason());
      } else {
        Result result = results.get(next++);
        object.putAll(result.fields());
        if (!json) {
          spec.commandLine().getOut().println(result.text());
        }
      }
      objects.add(object);
    }
    if (json) {
      spec.commandLine().getOut().println(Json.pretty(objects));
    }
  }
}
