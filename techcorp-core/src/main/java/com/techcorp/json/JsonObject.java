package com.techcorp.json;

import java.math.BigDecimal;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object as an immutable {@link Map} in the order of its text. Values are {@code String},
 * {@code Long} (or {@code BigInteger} if it does not fit), {@code BigDecimal}, {@code Boolean},
 * {@code JsonObject}, unmodifiable {@code List}s of these, and null. Since it is a map, any JSON
 * library writes it as JSON. Thread-safe.
 *
 * <p>{@link #text}, {@link #number}, {@link #uuid} and {@link #objects} read a field that must be
 * there, and throw {@link IllegalArgumentException} with the field's name, never its value, if it
 * is missing or something else.
 */
public final class JsonObject extends AbstractMap<String, @Nullable Object> {
  /** The object without fields. */
  public static final JsonObject EMPTY = new JsonObject(new LinkedHashMap<>());

  private final Map<String, @Nullable Object> fields; // nobody changes it any more

  private JsonObject(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /**
   * Returns the object that a text stands for.
   *
   * @param json a JSON object, with nothing after it
   * @return the object
   * @throws IllegalArgumentException if it is anything else; the message does not quote the text
   */
  public static JsonObject parse(String json) {
    return JsonText.read(json, JsonObject::new);
  }

  /**
   * Returns a builder without fields.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Set<Entry<String, @Nullable Object>> entrySet() {
    return Collections.unmodifiableMap(fields).entrySet();
  }

  @Override
  public @Nullable Object get(@Nullable Object field) {
    return fields.get(field);
  }

  @Override
  public boolean containsKey(@Nullable Object field) {
    return fields.containsKey(field);
  }

  /**
   * Returns a field's text.
   *
   * @param field its name
   * @return the text
   */
  public String text(String field) {
    return required(field, String.class, "a text");
  }

  /**
   * Returns a text that may be missing.
   *
   * @param field its name
   * @return the text; null if the field is missing, null or no text
   */
  public @Nullable String textOrNull(String field) {
    return fields.get(field) instanceof String text ? text : null;
  }

  /**
   * Returns a field's whole number.
   *
   * @param field its name
   * @return the number
   */
  public long number(String field) {
    return required(field, Long.class, "a whole number");
  }

  /**
   * Returns a UUID in a text.
   *
   * @param field its name
   * @return the UUID
   */
  public UUID uuid(String field) {
    String text = text(field);
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the field " + field + " is not a UUID", e);
    }
  }

  /**
   * Returns a list of objects.
   *
   * @param field its name
   * @return the objects; may be empty
   */
  public List<JsonObject> objects(String field) {
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : required(field, List.class, "a list")) {
      if (!(element instanceof JsonObject object)) {
        throw new IllegalArgumentException("the field " + field + " is not a list of objects");
      }
      objects.add(object);
    }
    return Collections.unmodifiableList(objects);
  }

  private <T> T required(String field, Class<T> type, String what) {
    Object value = fields.get(field);
    if (value == null) {
      throw new IllegalArgumentException("the field " + field + " is missing");
    }
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("the field " + field + " is not " + what);
    }
    return type.cast(value);
  }

  /**
   * Returns the object as compact JSON.
   *
   * @return a text that {@link #parse} reads back as an equal object
   */
  @Override
  public String toString() {
    return JsonText.write(fields, JsonObject::fieldsOf);
  }

  /** The fields without what keeps others from changing them, which costs an entry each. */
  private static Map<?, ?> fieldsOf(Map<?, ?> object) {
    return object instanceof JsonObject own ? own.fields : object;
  }

  /**
   * Collects the fields of an object, in order. A field that is put again keeps its place. Not
   * thread-safe.
   */
  public static final class Builder {
    private Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /** Whether an object that was built has the fields, so that they must not change any more. */
    private boolean built;

    private Builder() {}

    /**
     * Puts a text field.
     *
     * @param field its name
     * @param value the text
     * @return this
     */
    public Builder put(String field, String value) {
      return with(field, Objects.requireNonNull(value, field));
    }

    /**
     * Puts a UUID as text.
     *
     * @param field its name
     * @param value the UUID
     * @return this
     */
    public Builder put(String field, UUID value) {
      return with(field, value.toString());
    }

    /**
     * Puts a whole number.
     *
     * @param field its name
     * @param value the number
     * @return this
     */
    public Builder put(String field, long value) {
      return with(field, value);
    }

    /**
     * Puts a decimal number with all of its decimals, also zeros at the end.
     *
     * @param field its name
     * @param value the number
     * @return this
     */
    public Builder put(String field, BigDecimal value) {
      return with(field, Objects.requireNonNull(value, field));
    }

    /**
     * Puts true or false.
     *
     * @param field its name
     * @param value which
     * @return this
     */
    public Builder put(String field, boolean value) {
      return with(field, value);
    }

    /**
     * Puts an object as a field.
     *
     * @param field its name
     * @param value the object
     * @return this
     */
    public Builder put(String field, JsonObject value) {
      return with(field, Objects.requireNonNull(value, field));
    }

    /**
     * Puts a list of texts.
     *
     * @param field its name
     * @param values the texts
     * @return this
     */
    public Builder putTexts(String field, List<String> values) {
      return with(field, List.copyOf(values));
    }

    /**
     * Puts a list of objects.
     *
     * @param field its name
     * @param values the objects
     * @return this
     */
    public Builder putObjects(String field, List<JsonObject> values) {
      return with(field, List.copyOf(values));
    }

    /**
     * Puts every field of another object.
     *
     * @param other the object
     * @return this
     */
    public Builder putAll(JsonObject other) {
      changeable().putAll(other.fields);
      return this;
    }

    private Builder with(String field, Object value) {
      changeable().put(Objects.requireNonNull(field, "field"), value);
      return this;
    }

    private Map<String, @Nullable Object> changeable() {
      if (built) {
        fields = new LinkedHashMap<>(fields);
        built = false;
      }
      return fields;
    }

    /**
     * Returns the object so far.
     *
     * @return an object that later changes of this builder do not change
     */
    public JsonObject build() {
      built = true;
      return new JsonObject(fields);
    }
  }
}
