package com.techcorp.examples.features;

import java.io.IOException;
import java.util.Optional;

// tag::airline[]
/** An airline's API. It books once for each key, however often the key is sent. */
interface Airline {
  String bookFlight(String key, String traveller, String cardToken) throws IOException;

  Optional<String> findFlight(String key) throws IOException;

  void cancelFlight(String flight) throws IOException;
}
// end::airline[]
