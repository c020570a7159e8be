package com.techcorp.search.elasticsearch.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The body of a bulk request in the making. A document's bytes go into it as they are. */
final class BulkBody {
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

  void index(String id, long version, byte[] document) {
    line(
        "{\"index\":{\"_id\":\""
            + id
            + "\",\"version\":"
            + version
            + ",\"version_type\":\"external\"}}");
    lines.writeBytes(document);
    lines.write('\n');
  }

  void delete(String id, long sequence, long term) {
    line(
        "{\"delete\":{\"_id\":\""
            + id
            + "\",\"if_seq_no\":"
            + sequence
            + ",\"if_primary_term\":"
            + term
            + "}}");
  }

  private void line(String json) {
    lines.writeBytes(json.getBytes(StandardCharsets.UTF_8));
    lines.write('\n');
  }

  /** The request that sends it to an alias, which must be one. */
  EngineRequest request(String alias) {
    return EngineRequest.of("POST", "/" + alias + "/_bulk")
        .with("require_alias", "true")
        .with("filter_path", "items.*.status,items.*.error.type")
        .withBody(lines.toByteArray());
  }
}
