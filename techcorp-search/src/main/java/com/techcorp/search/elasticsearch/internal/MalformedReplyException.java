package com.techcorp.search.elasticsearch.internal;

/**
 * Thrown within a call if a reply is not one of Elasticsearch's. {@link EngineCalls} catches it.
 */
final class MalformedReplyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedReplyException() {
    super("not a reply of Elasticsearch");
  }
}
