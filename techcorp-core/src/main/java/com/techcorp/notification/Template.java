package com.techcorp.notification;

import org.jspecify.annotations.Nullable;

/**
 * The sources of a message, in Mustache. A name that has no value is an error when the message is
 * made, also that of a section; there are no partials.
 *
 * @param subject one line; values are not escaped, line breaks in them become spaces
 * @param text the plain text; values are not escaped
 * @param html the HTML, whose values are escaped unless in triple braces; null: text only
 */
public record Template(String subject, String text, @Nullable String html) {}
