package com.techcorp.auth.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7, true",
    "203.0.113.7, 203.0.113.8, false",
    "203.0.113.7, ::ffff:203.0.113.7, true",
    "2001:db8::1, 2001:DB8:0:0::ffff, true",
    "2001:db8::1, 2001:db8:0:1::1, false",
    "fe80::1%eth0, fe80::2, true",
    "0.0.0.0, ::, false"
  })
  void twoAddressesAreOneClientOrTwo(String one, String other, boolean same) {
    assertThat(Arrays.equals(ClientAddress.of(one).bytes(), ClientAddress.of(other).bytes()))
        .isEqualTo(same);
    assertThat(ClientAddress.of(one)).hasToString("ClientAddress[***]");
  }
}
