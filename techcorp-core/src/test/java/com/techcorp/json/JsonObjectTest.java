package com.techcorp.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
  private static final UUID ID = UUID.fromString("01a226c0-623e-8618-9b28-3746c62f0354");

  @Test
  void valuesArePlainJava() {
    // given
    JsonObject object =
        JsonObject.parse(
            """
            {"text": "Grüße, \\"世界\\"", "whole": 9007199254740993, "huge": 92233720368547758070,
             "decimal": 1.50, "yes": true, "none": null,
             "nested": {"a": 1}, "list": [1, "two", {"b": 2}, [3], null]}
            """);

    // then
    assertThat(object)
        .containsEntry("text", "Grüße, \"世界\"")
        .containsEntry("whole", 9007199254740993L)
        .containsEntry("huge", new BigInteger("92233720368547758070"))
        .containsEntry("decimal", new BigDecimal("1.50"))
        .containsEntry("yes", true)
        .containsEntry("none", null)
        .containsEntry("nested", JsonObject.builder().put("a", 1).build())
        .containsEntry(
            "list", Arrays.asList(1L, "two", JsonObject.parse("{\"b\":2}"), List.of(3L), null))
        .hasSize(8);
  }

  @Test
  void theTextReadsBackAsAnEqualObject() {
    // given
    String text =
        "{\"z\":1,\"a\":{\"text\":\"\\\"\\n\\u0000世界\",\"none\":null},\"list\":[9007199254740993,true,1.50,[]]}";

    // when
    JsonObject object = JsonObject.parse(text);

    // then: in the order of the text
    assertThat(object).hasToString(text);
    assertThat(JsonObject.parse(object.toString())).isEqualTo(object).hasSameHashCodeAs(object);
  }

  @Test
  void anyJsonLibraryWritesItAsJson() throws Exception {
    // given
    JsonObject object = JsonObject.parse("{\"a\":{\"b\":[1,\"x\",null]},\"c\":false}");

    // then
    assertThat(new ObjectMapper().writeValueAsString(object)).isEqualTo(object.toString());
  }

  @Test
  void theTextIsTheOneThatJacksonWrites() throws Exception {
    // given
    long seed = System.nanoTime();
    System.out.println("texts of JSON: seed " + seed);
    Random random = new Random(seed);
    ObjectMapper jackson = new ObjectMapper();

    for (int i = 0; i < 2_000; i++) {
      JsonObject object = generated(random, 3);

      // then
      assertThat(object.toString()).isEqualTo(jackson.writeValueAsString(object));
    }
  }

  private static JsonObject generated(Random random, int depth) {
    JsonObject.Builder object = JsonObject.builder();
    for (int fields = random.nextInt(5); fields > 0; fields--) {
      String name = text(random);
      switch (random.nextInt(depth == 0 ? 4 : 6)) {
        case 0 -> object.put(name, text(random));
        case 1 -> object.put(name, random.nextLong());
        case 2 -> object.put(name, random.nextBoolean());
        case 3 -> object.putTexts(name, List.of(text(random), text(random)));
        case 4 -> object.put(name, generated(random, depth - 1));
        default -> object.putObjects(name, List.of(generated(random, depth - 1)));
      }
    }
    return object.build();
  }

  /** With what must be escaped, and what need not be: U+2028 and pairs of surrogates. */
  private static String text(Random random) {
    String special = "\"\\/\b\f\n\r\t\0\u001f\u007f\u0080\u00e9\u2028\ud83d\ude00<>&'";
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(12); length > 0; length--) {
      int at = random.nextInt(special.length());
      text.append(random.nextBoolean() ? special.charAt(at) : (char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  @Test
  void aFieldIsReadAsWhatItIs() {
    // given
    JsonObject object =
        JsonObject.builder()
            .put("text", "x")
            .put("number", 29_990)
            .put("id", ID)
            .putObjects("items", List.of(JsonObject.builder().put("n", 1).build()))
            .build();

    // then
    assertThat(object.text("text")).isEqualTo("x");
    assertThat(object.number("number")).isEqualTo(29_990);
    assertThat(object.uuid("id")).isEqualTo(ID);
    assertThat(object.objects("items")).extracting(item -> item.number("n")).containsExactly(1L);
    assertThat(object.textOrNull("missing")).isNull();
    assertThat(object.textOrNull("number")).isNull();
  }

  @Test
  void aFieldThatIsMissingOrSomethingElseIsNamedWithoutItsValue() {
    // given
    JsonObject object = JsonObject.parse("{\"secret\":\"4111\",\"list\":[1],\"none\":null}");

    // then
    assertRefused(o -> o.text("missing"), "the field missing is missing", object);
    assertRefused(o -> o.text("none"), "the field none is missing", object);
    assertRefused(o -> o.text("list"), "the field list is not a text", object);
    assertRefused(o -> o.number("secret"), "the field secret is not a whole number", object);
    assertRefused(o -> o.uuid("secret"), "the field secret is not a UUID", object);
    assertRefused(o -> o.objects("secret"), "the field secret is not a list", object);
    assertRefused(o -> o.objects("list"), "the field list is not a list of objects", object);
  }

  private static void assertRefused(
      Consumer<JsonObject> reading, String message, JsonObject object) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reading.accept(object))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "null", "{\"card\":\"4111\"", "{} {}", "{\"card\":4111x}", "{'a':1}"})
  void whatIsNoObjectIsRefusedWithoutBeingQuoted(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JsonObject.parse(text))
        .withMessageStartingWith("not ")
        .withMessageNotContaining("4111")
        .withNoCause();
  }

  @Test
  void nobodyChangesIt() {
    // given
    List<String> texts = new ArrayList<>(List.of("a"));
    JsonObject.Builder builder = JsonObject.builder().putTexts("texts", texts);
    JsonObject object = builder.build();

    // when
    texts.add("b");
    builder.put("later", 1);

    // then
    assertThat(object).isEqualTo(Map.of("texts", List.of("a")));
    assertThatThrownBy(object::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> object.put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
  }
}
