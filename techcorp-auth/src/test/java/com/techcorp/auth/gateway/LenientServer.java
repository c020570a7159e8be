package com.techcorp.auth.gateway;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** How servers read headers that are not as HTTP wants them; each of these was seen somewhere. */
enum LenientServer {
  STRICT(name -> name),
  /** Variables of CGI, WSGI and PHP: {@code HTTP_X_NAME}. */
  UNDERSCORES_ARE_HYPHENS(name -> name.replace('_', '-')),
  ALL_MARKS_ARE_HYPHENS(name -> name.replaceAll("[^A-Za-z0-9]", "-")),
  ALL_MARKS_ARE_NOTHING(name -> name.replaceAll("[^\\p{Alnum}-]", "")),
  TRIMS(
      name ->
          name.strip()
              .replaceAll("^[\\s\\u00A0\\u200B\\uFEFF:]+|[\\s\\u00A0\\u200B\\uFEFF:]+$", "")),
  ENDS_AT_NUL(name -> name.indexOf('\0') < 0 ? name : name.substring(0, name.indexOf('\0'))),
  FOLDS_BY_UPPER_CASE(name -> name.toUpperCase(Locale.ROOT)),
  FOLDS_BY_LOWER_CASE(name -> name.toLowerCase(Locale.ROOT)),
  NORMALIZES(name -> Normalizer.normalize(name, Normalizer.Form.NFKC).replace('\u2010', '-')),
  /** Writes the low bytes of all characters, and reads lines again. */
  READS_LINES(UnaryOperator.identity()) {
    @Override
    RequestHeaders read(RequestHeaders sent) {
      StringBuilder lines = new StringBuilder();
      sent.forEach((name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
      List<Map.Entry<String, String>> headers = new ArrayList<>();
      for (String line : lowBytes(lines).split("[\r\n]+", -1)) {
        int colon = line.indexOf(':');
        if (colon >= 0) {
          headers.add(
              Map.entry(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
        }
      }
      return RequestHeaders.of(headers);
    }
  };

  @SuppressWarnings("ImmutableEnumChecker")
  private final UnaryOperator<String> reading;

  LenientServer(UnaryOperator<String> reading) {
    this.reading = reading;
  }

  RequestHeaders read(RequestHeaders sent) {
    return RequestHeaders.of(
        sent.entries().stream()
            .map(header -> Map.entry(reading.apply(header.getKey()), header.getValue()))
            .toList());
  }

  private static String lowBytes(CharSequence text) {
    StringBuilder low = new StringBuilder();
    text.chars().forEach(c -> low.append((char) (c & 0xFF)));
    return low.toString();
  }
}
