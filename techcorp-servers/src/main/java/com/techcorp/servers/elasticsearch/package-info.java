/**
 * A real Elasticsearch, which tests can also kill: {@link
 * com.techcorp.servers.elasticsearch.ElasticsearchServer}, or several as one cluster: {@link
 * com.techcorp.servers.elasticsearch.ElasticsearchCluster}.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.servers.elasticsearch;
