package com.techcorp.servers.elasticsearch;

import com.techcorp.servers.SharedServer.Started;
import com.techcorp.servers.SharedServer.Ways;

/** The ways to an Elasticsearch server. */
final class ElasticsearchWays implements Ways<ElasticsearchUri> {
  @Override
  public String name() {
    return "Elasticsearch";
  }

  @Override
  public String variable() {
    return ElasticsearchVariables.URL;
  }

  @Override
  public ElasticsearchUri given(String address) {
    try {
      return ElasticsearchUri.parse(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(ElasticsearchVariables.URL + ": " + e.getMessage(), e);
    }
  }

  @Override
  public boolean containerUsable() {
    return ElasticsearchContainer.usable();
  }

  @Override
  public String image() {
    return System.getProperty(ElasticsearchVariables.IMAGE, "elasticsearch:9.5.3");
  }

  @Override
  public ElasticsearchUri startContainer() {
    return ElasticsearchContainer.start(image());
  }

  @Override
  public Started<ElasticsearchUri> startProcess() {
    ElasticsearchProcess process =
        ElasticsearchProcess.start(
            ElasticsearchInstallation.program(), ElasticsearchOptions.DEFAULT);
    return new Started<>(ElasticsearchUri.local(process.port()), process.pid());
  }
}
