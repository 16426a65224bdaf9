package io.lgvq.training;

import io.lgvq.training.corpus.Corpus;
import io.lgvq.training.experiment.Cell;
import io.lgvq.training.guidance.GuidanceSettings.Part;
import io.lgvq.training.run.Backbone;
import io.lgvq.training.run.Preset;
import io.lgvq.training.teacher.Teachers;
import io.lgvq.training.throughput.GuidanceCost;
import io.lgvq.training.throughput.GuidanceCost.Time;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench guidance}: what a guided step costs beside a plain one. */
@Command(
    name = "guidance",
    description =
        "Processor time of a tokenizer's step with losses of the guidance, in plain steps.",
    mixinStandardHelpOptions = true)
public final class GuidanceBenchCommand implements Callable<Integer> {

  @Option(
      names = "--preset",
      defaultValue = "experiment",
      description = "A preset with guidance, or a YAML file (default: ${DEFAULT-VALUE})")
  private String preset;

  @Option(names = "--backbone", description = "vq-vae, vq-gan or cvq (default: the preset's)")
  private Optional<String> backbone = Optional.empty();

  @Option(
      names = "--steps",
      defaultValue = "20",
      description = "Steps a round (default: ${DEFAULT-VALUE})")
  private int steps;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Rounds that count (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Mixin private CorpusChoice corpora = new CorpusChoice();

  @Mixin private TextEncoderChoice encoders = new TextEncoderChoice();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    TorchThreads.use(1);
    if (steps < 1 || rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--steps and --rounds are 1 or more");
    }
    Preset named = Preset.of(preset);
    Preset chosen = backbone.isEmpty() ? named : named.with(Backbone.named(backbone.get()));
    if (chosen.guidance().isEmpty()) {
      throw new ParameterException(spec.commandLine(), "the preset " + preset + " has no guidance");
    }
    Corpus corpus = corpora.open(chosen.tokenizer().shape().imageSize(), 1);
    Teachers teachers = new ChosenTeachers(corpora, encoders, false);
    GuidanceCost.measure(chosen, corpus, teachers, ladder(), steps, rounds, this::say)
        .forEach(
            (name, ratios) ->
                say(
                    "%s, %s, %s: a step costs %s plain steps; with captions read for the first time %s",
                    preset,
                    chosen.backbone().title(),
                    name,
                    inWords(ratios.learning()),
                    inWords(ratios.all())));
    return 0;
  }

  private static Map<String, Set<Part>> ladder() {
    Map<String, Set<Part>> ladder = new TreeMap<>();
    Cell.grid().stream()
        .filter(cell -> !cell.parts().isEmpty())
        .forEach(cell -> ladder.put(cell.guidance(), cell.parts()));
    return ladder;
  }

  private static String inWords(List<Double> ratios) {
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f)",
        ratios.get(ratios.size() / 2),
        ratios.get(0),
        ratios.get(ratios.size() - 1));
  }

  private void say(int round, Map<String, Time> times) {
    List<String> words =
        times.entrySet().stream()
            .map(
                side ->
                    String.format(
                        Locale.ROOT,
                        "%s %.1f ms (%.1f in all)",
                        side.getKey().isEmpty() ? "plain" : side.getKey(),
                        side.getValue().learning(),
                        side.getValue().all()))
            .toList();
    say("round %d: %s", round, String.join(", ", words));
  }

  private void say(String format, Object... arguments) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}
