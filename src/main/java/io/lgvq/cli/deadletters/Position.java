package io.lgvq.cli.deadletters;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a dead letter lies in its topic, written {@code PARTITION:OFFSET}.
 *
 * @param partition number of the partition
 * @param offset position in it
 */
record Position(int partition, long offset) {

  @Override
  public String toString() {
    return partition + ":" + offset;
  }

  /** Reads what {@link #toString} writes. */
  static final class Parser implements ITypeConverter<Position> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,9}):(\\d{1,18})");

    @Override
    public Position convert(String text) {
      Matcher matcher = SHAPE.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(
            "'%s' is no position; write PARTITION:OFFSET as list prints it, for instance 0:17"
                .formatted(text));
      }
      return new Position(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }
  }
}
