package com.techcorp.notification;

import com.techcorp.notification.internal.ResourceTemplates;
import java.util.Locale;
import java.util.Optional;

/**
 * Where templates come from. Thread-safe; asked for every message, so it should keep what is slow
 * to load.
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
   * The library's own templates: {@code order-confirmed} and {@code order-cancelled}, in English
   * ({@code en}) and Portuguese ({@code pt}, as in Brazil).
   *
   * @return the built-in templates
   */
  static TemplateSource builtIn() {
    return resources(ResourceTemplates.class.getClassLoader(), ResourceTemplates.BUILT_IN);
  }

  /**
   * Templates in files on the class path: {@code folder/name.tag.subject}, {@code .txt} and, if
   * there is one, {@code .html}, in UTF-8, with a BCP 47 tag such as {@code pt-BR}. Read once.
   *
   * @param loader finds the files
   * @param folder such as {@code mail/templates}
   * @return the templates
   */
  static TemplateSource resources(ClassLoader loader, String folder) {
    return new ResourceTemplates(loader, folder);
  }

  /**
   * This source, and another one for what it lacks. {@code mine.orElse(TemplateSource.builtIn())}
   * overrides locale by locale: bring each locale that your customers use.
   *
   * @param other asked when this one has nothing for a name and locale
   * @return both
   */
  default TemplateSource orElse(TemplateSource other) {
    return (name, locale) -> find(name, locale).or(() -> other.find(name, locale));
  }
}
