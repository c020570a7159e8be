package com.techcorp.saga;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * The format of the library's own sagas, and the default of yours: records whose components are
 * texts, numbers, booleans, enums, UUIDs, other such records, and lists and maps of these, each
 * under its own name. No mapper of the host changes it. Thread-safe.
 */
public final class PlainDataFormat implements SagaDataFormat {
  /** The format; it has no state. */
  public static final PlainDataFormat INSTANCE = new PlainDataFormat();

  private static final ObjectMapper JSON = new ObjectMapper();

  private PlainDataFormat() {}

  @Override
  public String write(Object data) throws IOException {
    return JSON.writeValueAsString(data);
  }

  @Override
  public <D> D read(String json, Class<D> type) throws IOException {
    return JSON.readValue(json, type);
  }
}
