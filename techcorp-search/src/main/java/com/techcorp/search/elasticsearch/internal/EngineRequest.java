package com.techcorp.search.elasticsearch.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request to the engine. Immutable; each {@code with} method returns a changed copy. */
final class EngineRequest {
  private final String method;
  private final String path;
  private final Map<String, String> parameters;
  private final Optional<byte[]> body;

  private EngineRequest(
      String method, String path, Map<String, String> parameters, Optional<byte[]> body) {
    this.method = method;
    this.path = path;
    this.parameters = parameters;
    this.body = body;
  }

  static EngineRequest of(String method, String path) {
    return new EngineRequest(method, path, Map.of(), Optional.empty());
  }

  /** With what stands beside the body. */
  EngineRequest with(String parameter, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(parameter, value);
    return new EngineRequest(method, path, more, body);
  }

  EngineRequest withBody(Map<String, ?> json) {
    return withBody(Json.bytes(json));
  }

  EngineRequest withBody(byte[] json) {
    return new EngineRequest(method, path, parameters, Optional.of(json));
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  Map<String, String> parameters() {
    return parameters;
  }

  Optional<byte[]> body() {
    return body;
  }
}
