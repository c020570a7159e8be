package com.techcorp.bench.plan;

import com.techcorp.bench.contender.Contender;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code two-commit}. */
final class ContenderText implements ITypeConverter<Contender> {
  @Override
  public Contender convert(String value) {
    try {
      return Contender.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + value + "' is none of " + Contender.all());
    }
  }
}
