package io.lgvq.cli.deadletters;

import io.lgvq.topology.deadletter.DeadLetterFilter;
import io.lgvq.topology.deadletter.DeadLetterReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which dead letters are meant. */
final class FilterOptions {
  @Option(
      names = "--reason",
      split = ",",
      converter = Reason.class,
      paramLabel = "REASON",
      description = "Those of a reason, for instance reference-unreachable; several by commas.")
  private Set<String> reasons = new LinkedHashSet<>();

  @Option(
      names = "--stage",
      split = ",",
      paramLabel = "STAGE",
      description = "Those that a stage refused, for instance tokenize; several by commas.")
  private Set<String> stages = new LinkedHashSet<>();

  @Option(
      names = "--since",
      converter = TimeOption.class,
      paramLabel = "TIME",
      description =
          "Records of this time or later: 2026-05-04T03:02:01Z, or 2h for two hours ago (s, m, h,"
              + " d). A dead letter has the time of its record, not of its death.")
  private Instant since;

  @Option(
      names = "--until",
      converter = TimeOption.class,
      paramLabel = "TIME",
      description = "Records before this time, written as for --since.")
  private Instant until;

  @Option(
      names = "--died-since",
      converter = TimeOption.class,
      paramLabel = "TIME",
      description =
          "Those that died at this time or later, written as for --since. Letters of release 0.1.0"
              + " do not say it, and are left out.")
  private Instant diedSince;

  /** What is asked for; everything if nothing is. */
  DeadLetterFilter filter() {
    return new DeadLetterFilter(
        reasons,
        stages,
        Optional.ofNullable(since),
        Optional.ofNullable(until),
        Optional.ofNullable(diedSince));
  }

  /** Refuses what is none of the documented reasons: a slip would look like an empty topic. */
  private static final class Reason implements ITypeConverter<String> {
    @Override
    public String convert(String code) {
      Set<String> known =
          Arrays.stream(DeadLetterReason.values())
              .map(DeadLetterReason::code)
              .collect(Collectors.toCollection(LinkedHashSet::new));
      if (!known.contains(code)) {
        throw new TypeConversionException(
            "'%s' is no reason; the reasons are %s".formatted(code, String.join(", ", known)));
      }
      return code;
    }
  }
}
