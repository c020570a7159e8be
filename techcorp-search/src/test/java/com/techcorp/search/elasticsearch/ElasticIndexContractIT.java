package com.techcorp.search.elasticsearch;

import com.techcorp.contracts.SearchIndexContracts;
import com.techcorp.contracts.SearchIndexUnderTest;
import com.techcorp.servers.elasticsearch.ElasticsearchServer;

class ElasticIndexContractIT extends SearchIndexContracts {
  @Override
  protected SearchIndexUnderTest open() {
    String uri = ElasticsearchServer.shared().uri();
    return new SearchIndexUnderTest(
        () -> ElasticIndex.builder(uri).options(TestOptions.PATIENT).build(),
        TestOptions.PATIENT.snapshots(),
        () -> {});
  }
}
