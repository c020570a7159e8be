package com.techcorp.notification.internal;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.techcorp.notification.Message;
import com.techcorp.notification.Notification;
import com.techcorp.notification.Template;
import com.techcorp.notification.TemplateException;
import com.techcorp.notification.TemplateSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Makes messages from templates. Thread-safe. */
final class Renderer {
  private static final Mustache.Compiler HTML = Mustache.compiler().strictSections(true);
  private static final Mustache.Compiler PLAIN = HTML.escapeHTML(false);
  private static final int MAX_COMPILED = 500;

  private final TemplateSource templates;
  private final Map<Source, com.samskivert.mustache.Template> compiled = new ConcurrentHashMap<>();

  private record Source(String text, boolean html) {}

  Renderer(TemplateSource templates) {
    this.templates = templates;
  }

  Message render(UUID deliveryId, Notification notification) {
    for (Locale locale : candidates(notification.locale())) {
      Template template = templates.find(notification.template(), locale).orElse(null);
      if (template != null) {
        return render(deliveryId, notification, template, locale);
      }
    }
    throw new TemplateException(
        "there is no template '"
            + notification.template()
            + "' for any of "
            + candidates(notification.locale()),
        null);
  }

  /** Returns the locales to try: the locale itself, its language, English. */
  private static Set<Locale> candidates(Locale locale) {
    Set<Locale> candidates = new LinkedHashSet<>();
    if (!locale.getLanguage().isEmpty()) {
      candidates.add(locale.stripExtensions());
      candidates.add(Locale.forLanguageTag(locale.getLanguage() + "-" + locale.getCountry()));
      candidates.add(Locale.forLanguageTag(locale.getLanguage()));
    }
    candidates.add(Locale.ENGLISH);
    return candidates;
  }

  private Message render(
      UUID deliveryId, Notification notification, Template template, Locale locale) {
    String name = notification.template() + " (" + locale.toLanguageTag() + ")";
    Map<String, Object> data = notification.data();
    String subject = part(name + ", subject", template.subject(), false, data);
    String html = template.html();
    return new Message(
        deliveryId,
        notification.recipient(),
        notification.template(),
        subject.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip(), // no header of its own
        part(name + ", text", template.text(), false, data),
        html == null ? null : part(name + ", html", html, true, data));
  }

  private String part(String name, String source, boolean html, Map<String, Object> data) {
    try {
      return compiled(new Source(source, html)).execute(withDefaults(data));
    } catch (MustacheException e) {
      throw new TemplateException(
          "template "
              + name
              + ": "
              + e.getMessage()
              + "; it can use "
              + new TreeSet<>(data.keySet()),
          e);
    } catch (UnsupportedOperationException e) {
      throw new TemplateException("template " + name + ": partials are not supported", e);
    }
  }

  /**
   * Adds defaults: a message about an order is about a paid one unless the host says that it is
   * free.
   */
  private static Map<String, Object> withDefaults(Map<String, Object> data) {
    Map<String, Object> all = new HashMap<>(data);
    all.putIfAbsent("free", false);
    return all;
  }

  private com.samskivert.mustache.Template compiled(Source source) {
    if (compiled.size() >= MAX_COMPILED) {
      compiled.clear(); // a source that makes templates up must not fill the memory
    }
    return compiled.computeIfAbsent(source, key -> (key.html() ? HTML : PLAIN).compile(key.text()));
  }
}
