package com.techcorp.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration of zero or more in ISO 8601, such as PT30S, and does not repeat a wrong one. */
final class IsoDuration implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String value) {
    Duration duration;
    try {
      duration = Duration.parse(value);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("it needs a duration such as PT30S");
    }
    if (duration.isNegative()) {
      throw new TypeConversionException("it needs a duration of zero or more, such as PT30S");
    }
    return duration;
  }
}
