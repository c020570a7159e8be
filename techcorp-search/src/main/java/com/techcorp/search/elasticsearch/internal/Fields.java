package com.techcorp.search.elasticsearch.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that the engine sent. A field that is missing, or is something else than
 * asked for, is a {@link MalformedReplyException}: no reply of Elasticsearch lacks it.
 */
final class Fields {
  private final Map<String, @Nullable Object> fields;

  Fields(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  @Nullable Object get(String name) {
    return fields.get(name);
  }

  Set<String> names() {
    return fields.keySet();
  }

  boolean has(String name) {
    return fields.get(name) != null;
  }

  Fields object(String name) {
    return required(name, Fields.class);
  }

  /** The object, or one without fields. */
  Fields objectOrEmpty(String name) {
    return fields.get(name) instanceof Fields object ? object : new Fields(Map.of());
  }

  String text(String name) {
    return required(name, String.class);
  }

  @Nullable String textOrNull(String name) {
    return fields.get(name) instanceof String text ? text : null;
  }

  long number(String name) {
    return required(name, Long.class);
  }

  boolean isTrue(String name) {
    return Boolean.TRUE.equals(fields.get(name));
  }

  List<Fields> objects(String name) {
    List<Fields> objects = new ArrayList<>();
    for (Object element : list(name)) {
      if (!(element instanceof Fields object)) {
        throw new MalformedReplyException();
      }
      objects.add(object);
    }
    return objects;
  }

  List<?> list(String name) {
    return required(name, List.class);
  }

  Collection<@Nullable Object> values() {
    return fields.values();
  }

  private <T> T required(String name, Class<T> type) {
    Object value = fields.get(name);
    if (!type.isInstance(value)) {
      throw new MalformedReplyException();
    }
    return type.cast(value);
  }
}
