package com.techcorp.saga;

/**
 * Writes a saga's data as JSON and reads it back. Give your own with {@link
 * SagaDefinition.Builder#dataFormat} if the {@linkplain PlainDataFormat default} cannot write your
 * data, or must not. Must be thread-safe.
 *
 * <p>With an {@code ObjectMapper} of yours:
 *
 * <pre>{@code
 * new SagaDataFormat() {
 *   public String write(Object data) throws Exception {
 *     return mapper.writeValueAsString(data);
 *   }
 *
 *   public <D> D read(String json, Class<D> type) throws Exception {
 *     return mapper.readValue(json, type);
 *   }
 * }
 * }</pre>
 */
public interface SagaDataFormat {
  /**
   * Writes a saga's data as text.
   *
   * @param data a saga's data
   * @return a JSON value
   * @throws Exception the saga is not started, or parks. Its message is not passed on, since it may
   *     quote the data
   */
  String write(Object data) throws Exception;

  /**
   * Reads data that {@link #write} wrote, maybe in an older build.
   *
   * @param json a JSON value. The storage may have changed white space and the order of fields
   * @param type the class of the saga's data
   * @param <D> the saga's data
   * @return the data
   * @throws Exception the saga parks. Its message is not passed on, since it may quote the data
   */
  <D> D read(String json, Class<D> type) throws Exception;
}
