package io.lgvq.cli;

import io.lgvq.operators.answer.AnswerRequest;
import io.lgvq.operators.answer.AnswerResult;
import io.lgvq.operators.answer.Answerer;
import io.lgvq.operators.serve.BundleOperators;
import io.lgvq.operators.tokenize.Tokenized;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers a question about an image. */
@Command(
    name = "ask",
    mixinStandardHelpOptions = true,
    description = "Answer a question about an image, from its codes alone. Needs no server.")
final class AskCommand extends ImageCommand {
  private static final int ALTERNATIVES = 3;

  @Parameters(index = "0", paramLabel = "IMAGE", description = "JPEG, PNG, GIF, BMP or WebP.")
  private Path file;

  @Parameters(index = "1", paramLabel = "QUESTION", description = "In plain words.")
  private String question;

  @Spec private CommandSpec spec;

  @Override
  List<Path> files() {
    if (question.isBlank()) {
      throw new ParameterException(spec.commandLine(), "QUESTION must hold a question");
    }
    return List.of(file);
  }

  @Override
  List<Result> results(
      BundleOperators operators, List<ImageFile.Loaded> images, List<Tokenized> tokens) {
    try (Answerer answerer = operators.answerer(ALTERNATIVES)) {
      return answerer
          .apply(tokens.stream().map(of -> new AnswerRequest(of.grid(), question)).toList())
          .stream()
          .map(this::result)
          .toList();
    }
  }

  private Result result(AnswerResult answer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("question", question);
    fields.put("answer", answer.best().text());
    fields.put("probability", answer.best().probability());
    fields.put("sure", answer.sure());
    fields.put("alternatives", answer.alternatives());
    return new Result(
        fields,
        String.format(
            Locale.ROOT,
            "%s (%.2f%s)",
            answer.best().text(),
            answer.best().probability(),
            answer.sure() ? "" : ", not sure"));
  }
}
