package com.techcorp.examples.features;

import java.io.IOException;

/** A hotel's API. It books once for each key, and says false if it is full. */
interface Hotel {
  boolean bookRoom(String key, String traveller) throws IOException;
}
