package com.techcorp.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplicaConfirmationTest {
  @Test
  void countsReplicasThatAcknowledge() {
    String info =
        """
        # Replication\r
        role:master\r
        connected_slaves:4\r
        slave0:ip=127.0.0.1,port=7003,state=online,offset=1234,lag=0\r
        slave1:ip=127.0.0.1,port=7004,state=online,offset=1234,lag=1\r
        slave2:ip=127.0.0.1,port=7005,state=online,offset=12,lag=9\r
        slave3:ip=127.0.0.1,port=7006,state=wait_bgsave,offset=0,lag=0\r
        master_repl_offset:1234\r
        """;

    assertThat(ReplicaConfirmation.replicas(info)).isEqualTo(2);
  }

  @Test
  void countsNoneOfAServerThatStandsAlone() {
    assertThat(ReplicaConfirmation.replicas("role:master\r\nconnected_slaves:0\r\n")).isZero();
  }
}
