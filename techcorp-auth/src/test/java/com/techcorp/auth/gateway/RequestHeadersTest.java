package com.techcorp.auth.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers and request lines, as frameworks give them. */
class RequestHeadersTest {
  private static final List<Map.Entry<String, String>> COOKIES =
      List.of(entry("Cookie", "a"), entry("Cookie", "b"), entry("Accept", ""));

  @Test
  void comeFromAMap() {
    // given
    Map<String, List<String>> map = new LinkedHashMap<>();
    map.put("Cookie", List.of("a", "b"));
    map.put("Nothing", List.of());
    map.put("Accept", List.of(""));

    // then
    assertThat(RequestHeaders.of(map).entries()).isEqualTo(COOKIES);
  }

  @Test
  void comeFromEntriesInTheirOrder() {
    // given
    List<Map.Entry<String, String>> apart =
        List.of(COOKIES.get(0), COOKIES.get(2), entry("cookie", "b"));

    // then
    assertThat(RequestHeaders.of(apart).entries()).isEqualTo(apart);
  }

  @Test
  void comeFromAServlet() {
    Map<String, List<String>> request =
        new LinkedHashMap<>(Map.of("Cookie", List.of("a", "b"), "Accept", List.of("")));

    assertThat(
            RequestHeaders.of(
                    Collections.enumeration(List.of("Cookie", "Accept")),
                    name -> Collections.enumeration(request.getOrDefault(name, List.of())))
                .entries())
        .isEqualTo(COOKIES);
  }

  @Test
  void goWhereTheyAreWanted() {
    // given
    RequestHeaders headers = RequestHeaders.of(COOKIES);
    List<String> lines = new ArrayList<>();

    // when
    headers.forEach((name, value) -> lines.add(name + ": " + value));

    // then
    assertThat(lines).containsExactly("Cookie: a", "Cookie: b", "Accept: ");
    assertThat(headers.toMap())
        .containsExactly(entry("Cookie", List.of("a", "b")), entry("Accept", List.of("")));
    assertThat(headers)
        .isEqualTo(RequestHeaders.of(headers.toMap()))
        .hasSameHashCodeAs(RequestHeaders.of(headers.toMap()))
        .isNotEqualTo(TestContexts.NONE);
  }

  /** The gateway has the address of the service, the service what came: both must read the same. */
  @ParameterizedTest
  @CsvSource({
    "http://orders:8080/a/b%2Fc?d=%20&e, /a/b%2Fc?d=%20&e",
    "http://orders:8080/a, /a",
    "http://orders:8080/a?, /a?",
    "http://orders:8080/a?b?c, /a?b?c",
    "http://orders:8080//evil/a?b, //evil/a?b",
    "http://orders:8080, /",
    "http://orders:8080?a=b, /?a=b"
  })
  void aRequestLineIsTheSameOnBothSides(String address, String target) {
    RequestLine sent = RequestLine.of("GET", URI.create(address));

    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    assertThat(sent)
        .isEqualTo(RequestLine.of("GET", target))
        .isEqualTo(RequestLine.of("GET", URI.create(target)))
        .isEqualTo(RequestLine.of("GET", path, mark < 0 ? null : target.substring(mark + 1)));
  }

  @Test
  void aRequestLineIsNotDecoded() {
    assertThat(RequestLine.of("GET", "/a%20b?c=%41"))
        .isEqualTo(new RequestLine("GET", "/a%20b", "c=%41"))
        .isNotEqualTo(RequestLine.of("GET", "/a%20b?c=A"));
  }
}
