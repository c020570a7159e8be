package com.techcorp.jdbc.internal.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.error.Failure;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import org.jspecify.annotations.Nullable;

/** Failures as the journal's text column has them. */
public final class FailureJson {
  private final ObjectMapper json = new ObjectMapper();

  public @Nullable String write(@Nullable Failure failure) {
    try {
      return failure == null ? null : json.writeValueAsString(failure);
    } catch (JsonProcessingException e) {
      throw new UnstorableDataException(
          "a failure cannot be written as JSON: " + failure.code(), e);
    }
  }

  public @Nullable Failure read(@Nullable String text) {
    try {
      return text == null ? null : json.readValue(text, Failure.class);
    } catch (JsonProcessingException e) {
      // Shown to operators unchanged: a saga must stay readable whatever text is here.
      return Failure.of("UNREADABLE", text);
    }
  }
}
