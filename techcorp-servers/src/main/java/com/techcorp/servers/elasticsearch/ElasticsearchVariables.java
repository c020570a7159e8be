package com.techcorp.servers.elasticsearch;

/** What the environment says about the server to use. */
final class ElasticsearchVariables {
  static final String URL = "TECHCORP_ELASTICSEARCH_URL";
  static final String IMAGE = "techcorp.elasticsearch.image";

  private ElasticsearchVariables() {}
}
