package com.techcorp.servers.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterViewTest {
  /** The first master has failed, and its replica has taken its place. */
  private static final String NODES =
      """
      aa 127.0.0.1:1001@11001 master,fail - 1700000000000 1700000000000 1 disconnected
      bb 127.0.0.1:1002@11002,,tls-port=0 myself,master - 0 0 2 connected 8192-16383
      cc 127.0.0.1:1003@11003 master - 0 1700000000000 4 connected 0-8000 8001 8002-8191 [5->-bb]
      dd 127.0.0.1:1004@11004 slave bb 0 1700000000000 2 connected
      ee 127.0.0.1:1005@11005 handshake - 0 0 0 disconnected
      """;

  @Test
  void readsWhoServesWhichSlotsAndWhoFollowsWhom() {
    ClusterView view = ClusterView.parse(NODES);

    assertThat(view.nodes()).containsExactlyInAnyOrder(1001, 1002, 1003, 1004);
    assertThat(view.masters()).isEqualTo(Map.of(1004, 1002));
    assertThat(view.servingMasters()).containsExactlyInAnyOrder(1002, 1003);
    assertThat(view.masterOf(0)).hasValue(1003);
    assertThat(view.masterOf(8001)).hasValue(1003);
    assertThat(view.masterOf(16_383)).hasValue(1002);
  }

  @Test
  void tellsWhetherNodesServeEverySlot() {
    ClusterView view = ClusterView.parse(NODES);

    assertThat(view.servedBy(Set.of(1002, 1003))).isTrue();
    assertThat(view.servedBy(Set.of(1001, 1002, 1004))).isFalse();
  }
}
