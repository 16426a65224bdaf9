package io.lgvq.training;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The part of {@code bundle} that needs networks. The launcher sends {@code bundle import}, {@code
 * bundle codebook} and {@code bundle reference} here, and the rest of {@code bundle} to the
 * application.
 */
@Command(
    name = "bundle",
    description =
        "Makes a bundle of a tokenizer that was trained elsewhere, draws a codebook, or measures ordinary images.",
    mixinStandardHelpOptions = true,
    subcommands = {ImportCommand.class, CodebookCommand.class, ReferenceCommand.class})
public final class BundleCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "say import, codebook or reference");
  }
}
