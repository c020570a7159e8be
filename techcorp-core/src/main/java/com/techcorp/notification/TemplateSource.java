package com.techcorp.notification;

import java.util.Locale;
import java.util.Optional;

/**
 * Supplies message templates (host SPI). Thread-safe; asked for every message, so it should keep
 * what is slow to load.
 *
 * <p>The library looks for {@code pt-BR}, then {@code pt}, then {@code en}: a source only answers
 * for exactly the locale it is asked for.
 */
@FunctionalInterface
public interface TemplateSource {
  /**
   * Looks a template up.
   *
   * @param name such as {@code order-confirmed}
   * @param locale exactly this one
   * @return the template, or empty
   */
  Optional<Template> find(String name, Locale locale);

  /**
   * This source, and another one for what it lacks. {@code
   * mine.orElse(ResourceTemplates.builtIn())} overrides locale by locale: bring each locale that
   * your customers use.
   *
   * @param other asked when this one has nothing for a name and locale
   * @return both
   */
  default TemplateSource orElse(TemplateSource other) {
    return (name, locale) -> find(name, locale).or(() -> other.find(name, locale));
  }
}
