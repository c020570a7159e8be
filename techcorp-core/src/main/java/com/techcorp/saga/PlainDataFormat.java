package com.techcorp.saga;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A mapper that no host can configure. */
final class PlainDataFormat implements SagaDataFormat {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String write(Object data) throws JsonProcessingException {
    return JSON.writeValueAsString(data);
  }

  @Override
  public <D> D read(String json, Class<D> type) throws JsonProcessingException {
    return JSON.readValue(json, type);
  }
}
