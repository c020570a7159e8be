package com.techcorp.auth.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request, as they came: in their order, with repetitions, in any spelling. Every
 * framework can give them:
 *
 * <pre>{@code
 * RequestHeaders.of(exchange.getRequestHeaders())                      // the JDK's server
 * RequestHeaders.of(request.headers())                                 // Netty
 * RequestHeaders.of(request.getHeaderNames(), request::getHeaders)     // a servlet
 * }</pre>
 *
 * <p>The pseudo-headers of HTTP/2, such as {@code :path}, do not belong to them. Immutable; shows
 * no header.
 */
public final class RequestHeaders {
  private final List<Map.Entry<String, String>> entries;

  private RequestHeaders(List<Map.Entry<String, String>> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Takes the headers from a map.
   *
   * @param headers values by name
   * @return the headers
   */
  public static RequestHeaders of(Map<String, ? extends Collection<String>> headers) {
    List<Map.Entry<String, String>> entries = new ArrayList<>();
    headers.forEach((name, values) -> values.forEach(value -> entries.add(entry(name, value))));
    return new RequestHeaders(entries);
  }

  /**
   * Takes the headers from a list of names with values.
   *
   * @param headers one entry for each header, as often as it came
   * @return the headers
   */
  public static RequestHeaders of(Iterable<? extends Map.Entry<String, String>> headers) {
    List<Map.Entry<String, String>> entries = new ArrayList<>();
    headers.forEach(header -> entries.add(entry(header.getKey(), header.getValue())));
    return new RequestHeaders(entries);
  }

  /**
   * Takes the headers from a servlet's request.
   *
   * @param names each name once
   * @param values gives the values of a name
   * @return the headers
   */
  public static RequestHeaders of(
      Enumeration<String> names, Function<String, Enumeration<String>> values) {
    List<Map.Entry<String, String>> entries = new ArrayList<>();
    for (String name : Collections.list(names)) {
      Collections.list(values.apply(name)).forEach(value -> entries.add(entry(name, value)));
    }
    return new RequestHeaders(entries);
  }

  private static Map.Entry<String, String> entry(String name, String value) {
    return Map.entry(name, value);
  }

  /**
   * Returns the headers as a list.
   *
   * @return names with values, in order
   */
  public List<Map.Entry<String, String>> entries() {
    return entries;
  }

  /**
   * Returns the headers as a map. Names that differ in letter case are different ones here.
   *
   * @return values by name, both in order
   */
  public Map<String, List<String>> toMap() {
    Map<String, List<String>> map = new LinkedHashMap<>();
    forEach((name, value) -> map.computeIfAbsent(name, first -> new ArrayList<>()).add(value));
    map.replaceAll((name, values) -> List.copyOf(values));
    return Collections.unmodifiableMap(map);
  }

  /**
   * Gives each header, in order.
   *
   * @param header takes name and value, such as {@code requestBuilder::header}
   */
  public void forEach(BiConsumer<String, String> header) {
    entries.forEach(each -> header.accept(each.getKey(), each.getValue()));
  }

  /** Returns the values under a name in any letter case of ASCII, in order. */
  List<String> values(String name) {
    return entries.stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .filter(header -> HeaderSyntax.isName(header.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  RequestHeaders filter(BiPredicate<String, String> kept) {
    return new RequestHeaders(
        entries.stream().filter(each -> kept.test(each.getKey(), each.getValue())).toList());
  }

  RequestHeaders plus(Map<String, String> more) {
    List<Map.Entry<String, String>> all = new ArrayList<>(entries);
    more.forEach((name, value) -> all.add(entry(name, value)));
    return new RequestHeaders(all);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RequestHeaders headers && entries.equals(headers.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  /** Returns a description without the headers: they may have passwords and tokens. */
  @Override
  public String toString() {
    return "RequestHeaders[" + entries.size() + "]";
  }
}
