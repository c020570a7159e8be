package com.techcorp.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.SessionEvents;
import com.techcorp.auth.UserEvent;
import com.techcorp.messaging.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The events of users and sessions are what docs/events says they are, and its examples are too.
 */
class UserEventSchemaTest {
  private static final Instant AT = Instant.parse("2024-01-15T10:30:00Z");

  private final EventSchemas schemas = EventSchemas.read();

  static List<Event> events() {
    UUID user = UUID.randomUUID();
    UUID session = UUID.randomUUID();
    List<Event> events = new ArrayList<>();
    events.add(UserEvent.passwordChanged(user, session).at(1).at(AT));
    events.add(UserEvent.passwordChanged(user, null).at(2).at(AT));
    events.add(UserEvent.disabled(user).at(3).at(AT));
    events.add(SessionEvents.reuseDetected(user, session).at(AT));
    for (SessionEndReason reason : SessionEndReason.values()) {
      events.add(SessionEvents.ended(user, session, reason).at(AT));
    }
    return events;
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventKeepsItsSchema(Event event) {
    assertThat(schemas.problems(event)).as(event.json()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("events")
  void aSchemaAllowsWhatMayComeAndNothingThatIsWrong(Event event) {
    ObjectNode json = (ObjectNode) EventSchemas.json(event.json());

    assertThat(schemas.problemsOfConsumer(json.deepCopy().put("later", 1))).isEmpty();
    assertThat(schemas.problems(json.deepCopy().put("later", 1))).isNotEmpty();
    assertThat(schemas.problemsOfConsumer(json.deepCopy().put("version", 2))).isNotEmpty();
    json.fieldNames()
        .forEachRemaining(
            field -> {
              assertThat(schemas.problemsOfConsumer(json.deepCopy().put(field, "?")))
                  .as("a wrong %s", field)
                  .isNotEmpty();
              ObjectNode without = json.deepCopy();
              without.remove(field);
              if (!field.equals("kept_session_id")) {
                assertThat(schemas.problemsOfConsumer(without)).as("no %s", field).isNotEmpty();
              }
            });
  }

  @Test
  void theExamplesOfTheDocumentationAreAsTheEventsAre() throws IOException {
    Set<Set<String>> shapes = new HashSet<>();
    events().forEach(event -> shapes.add(event.payload().keySet()));
    for (Event event : events()) {
      JsonNode example = example(event.type());

      assertThat(schemas.problems(example)).as(example.toString()).isEmpty();
      Set<String> fields = new HashSet<>();
      example.fieldNames().forEachRemaining(fields::add);
      assertThat(shapes).contains(fields);
    }
  }

  private static JsonNode example(String type) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "events.md"));
    String from = page.substring(page.indexOf("### " + type));
    int begin = from.indexOf("```json") + "```json".length();
    return EventSchemas.json(from.substring(begin, from.indexOf("```", begin)));
  }
}
