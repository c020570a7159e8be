package com.techcorp.search.elasticsearch.internal;

import java.io.IOException;
import java.util.List;

/** What the engine answered. */
final class EngineReply {
  private static final int OK = 200;
  private static final int FAILED = 300;

  private final int status;
  private final String product;
  private final byte[] body;

  /**
   * Keeps the body as it is.
   *
   * @param status the status of HTTP
   * @param product the header that names the product; may be empty
   * @param body the body; may be empty
   */
  EngineReply(int status, String product, byte[] body) {
    this.status = status;
    this.product = product;
    this.body = body;
  }

  int status() {
    return status;
  }

  boolean isSuccess() {
    return status >= OK && status < FAILED;
  }

  boolean isElasticsearch() {
    return product.equals("Elasticsearch");
  }

  /** The body, which must be JSON. */
  Fields fields() {
    try {
      return Json.read(body);
    } catch (IOException e) {
      throw new MalformedReplyException(); // the parser's message quotes the text
    }
  }

  /** Whether the error is of a type, or was caused by one. */
  boolean isError(String type) {
    try {
      return Json.read(body).get("error") instanceof Fields error && isError(error, type);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isError(Fields error, String type) {
    if (type.equals(error.textOrNull("type"))) {
      return true;
    }
    if (error.get("caused_by") instanceof Fields cause && isError(cause, type)) {
      return true;
    }
    for (String list : new String[] {"root_cause", "failed_shards"}) {
      if (error.get(list) instanceof List<?> errors) {
        for (Object each : errors) {
          if (each instanceof Fields inner
              && (isError(inner, type) || isError(inner.objectOrEmpty("reason"), type))) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
