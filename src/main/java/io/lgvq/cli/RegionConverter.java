package io.lgvq.cli;

import io.lgvq.operators.image.Region;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a rectangle of pixels: {@code X,Y,W,H}. */
final class RegionConverter implements ITypeConverter<Region> {
  @Override
  public Region convert(String value) {
    try {
      int[] numbers =
          Arrays.stream(value.split(",", -1))
              .map(String::strip)
              .mapToInt(Integer::parseInt)
              .toArray();
      if (numbers.length != 4) {
        throw new TypeConversionException("'" + value + "' is not X,Y,W,H, four numbers");
      }
      return new Region(numbers[0], numbers[1], numbers[2], numbers[3]);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + value + "' is not X,Y,W,H, four whole numbers");
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + value + "': " + e.getMessage());
    }
  }
}
