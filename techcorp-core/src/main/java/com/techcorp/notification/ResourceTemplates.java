package com.techcorp.notification;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Templates in files on the class path: {@code folder/name.tag.subject}, {@code .txt} and, if there
 * is one, {@code .html}, in UTF-8, with a BCP 47 tag such as {@code pt-BR}. Each is read once.
 * Thread-safe.
 */
public final class ResourceTemplates implements TemplateSource {
  private static final String BUILT_IN = "com/techcorp/notification/templates";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

  private static final int MAX_REMEMBERED = 1_000;

  private final ClassLoader loader;
  private final String folder;
  private final Map<String, Optional<Template>> found = new ConcurrentHashMap<>();

  /**
   * Creates a source that reads files when they are asked for.
   *
   * @param loader finds the files
   * @param folder where they are, such as {@code mail/templates}
   */
  public ResourceTemplates(ClassLoader loader, String folder) {
    this.loader = loader;
    this.folder = folder;
  }

  /**
   * Returns the library's own templates: {@code order-confirmed}, {@code order-cancelled}, {@code
   * password-changed} and {@code session-reuse-detected}, in English ({@code en}) and Portuguese
   * ({@code pt}, as in Brazil).
   *
   * @return the built-in templates
   */
  public static TemplateSource builtIn() {
    return new ResourceTemplates(ResourceTemplates.class.getClassLoader(), BUILT_IN);
  }

  @Override
  public Optional<Template> find(String name, Locale locale) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    String base = folder + "/" + name + "." + locale.toLanguageTag();
    Optional<Template> template = found.get(base);
    if (template == null) {
      template = load(base);
      if (found.size() < MAX_REMEMBERED) { // locales may come from strangers
        found.put(base, template);
      }
    }
    return template;
  }

  private Optional<Template> load(String base) {
    String text = read(base + ".txt");
    if (text == null) {
      return Optional.empty();
    }
    String subject = read(base + ".subject");
    if (subject == null) {
      throw new TemplateException("there is " + base + ".txt but no " + base + ".subject", null);
    }
    return Optional.of(new Template(subject.strip(), text, read(base + ".html")));
  }

  private @Nullable String read(String path) {
    try (InputStream in = loader.getResourceAsStream(path)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new TemplateException("cannot read " + path, e);
    }
  }
}
