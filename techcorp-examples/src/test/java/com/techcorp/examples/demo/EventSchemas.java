package com.techcorp.examples.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.techcorp.messaging.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The schemas of docs/events, as consumers read them, and closed: nothing else may be in. */
final class EventSchemas {
  private static final String PREFIX = "https://techcorp.com/schemas/events/1/";
  private static final String SUFFIX = ".schema.json";
  private static final Path FOLDER = Path.of("..", "docs", "events");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, JsonSchema> open = new HashMap<>();
  private final Map<String, JsonSchema> closed = new HashMap<>();

  private EventSchemas() {}

  static EventSchemas read() {
    EventSchemas schemas = new EventSchemas();
    JsonSchemaFactory factory =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder ->
                builder.schemaMappers(
                    mappers -> mappers.mapPrefix(PREFIX, FOLDER.toUri().toString())));
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        String type = file.getFileName().toString().replace(SUFFIX, "");
        ObjectNode schema = (ObjectNode) JSON.readTree(Files.readString(file));
        schemas.open.put(type, factory.getSchema(schema, config));
        ObjectNode exact = schema.deepCopy().put("unevaluatedProperties", false);
        exact.put("$id", PREFIX + type + ".closed" + SUFFIX);
        schemas.closed.put(type, factory.getSchema(exact, config));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return schemas;
  }

  /** The same of an event that arrived. */
  List<String> problems(Event event) {
    return problems(json(event.json()));
  }

  /** What is wrong with an event, of the type it says it has, if nothing else may be in. */
  List<String> problems(JsonNode event) {
    return problems(closed, event.path("event").asText(), event);
  }

  /** The same as a consumer sees it, to whom more may come. */
  List<String> problemsOfConsumer(JsonNode event) {
    return problems(open, event.path("event").asText(), event);
  }

  private static List<String> problems(
      Map<String, JsonSchema> schemas, String type, JsonNode event) {
    JsonSchema schema = schemas.get(type);
    return schema == null
        ? List.of("no schema for " + type)
        : schema.validate(event).stream().map(ValidationMessage::getMessage).toList();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
