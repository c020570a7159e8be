package com.techcorp.servers.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElasticsearchClusterTest {
  @Test
  void keepsAReplicaThatIsSearchedWhileTheOtherNodeIsDead() throws Exception {
    try (ElasticsearchCluster cluster = ElasticsearchCluster.start(2)) {
      // given
      ElasticsearchServer master = cluster.nodes().get(0);
      ElasticsearchServer other = cluster.nodes().get(1);
      assertThat(cluster.uris()).containsExactly(master.uri(), other.uri());
      Http.put(master, "/a", "{\"settings\":{\"number_of_replicas\":1}}");
      String green = Http.get(master, "/_cluster/health/a?wait_for_status=green&timeout=60s");
      assertThat(green).contains("\"status\":\"green\"", "\"number_of_data_nodes\":2");
      Http.put(other, "/a/_doc/1?refresh=true", "{\"title\":\"replicated\"}");

      // when
      other.kill();

      // then
      assertThat(Http.get(master, "/a/_search")).contains("replicated");

      // when
      other.restart();

      // then
      assertThat(Http.get(other, "/_cluster/health/a?wait_for_status=green&timeout=60s"))
          .contains("\"status\":\"green\"");
    }
  }
}
