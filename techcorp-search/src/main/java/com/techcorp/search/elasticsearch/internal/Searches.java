package com.techcorp.search.elasticsearch.internal;

import static com.techcorp.search.elasticsearch.internal.Json.object;

import com.techcorp.search.InvalidQueryException;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.Suggestion;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SearchPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Runs searches, suggestions and corrections on the current target. Thread-safe. */
public final class Searches {
  private static final int BAD_REQUEST = 400;
  private static final int CANDIDATES = 5;

  /** No text that a shopper may type is longer ({@link com.techcorp.search.SearchLimits}). */
  private static final int MAX_TYPED = 10_000;

  /** The tokenizer splits what is longer, so that it is no word. */
  private static final int MAX_WORD = 255;

  private static final String SUGGESTED = "words";

  private final EngineCalls calls;
  private final String alias;
  private final Snapshots snapshots;

  /**
   * Sends nothing yet.
   *
   * @param calls the way to the server
   * @param alias what is searched
   * @param snapshots the snapshots that plans name
   */
  public Searches(EngineCalls calls, String alias, Snapshots snapshots) {
    this.calls = calls;
    this.alias = alias;
    this.snapshots = snapshots;
  }

  /**
   * Runs a search.
   *
   * @param plan what to find
   * @return what was found, of the whole index
   */
  public SearchAnswer search(SearchPlan plan) {
    Map<String, Object> body = SearchBody.of(plan, calls.options().searchTimeout());
    String snapshot = plan.page().snapshot();
    String path = "/" + alias + "/_search";
    if (snapshot != null) {
      body.put("pit", snapshots.pit(snapshot));
      path = "/_search"; // the snapshot knows its index
    }
    EngineRequest request =
        EngineRequest.of("POST", path).with("allow_partial_search_results", "false").withBody(body);
    if (plan.preference() != null && snapshot == null) {
      request = request.with("preference", preference(plan.preference()));
    }
    EngineReply reply = calls.send(request, calls.options().searchTimeout());
    requireAnswered(reply, snapshot != null);
    return SearchReply.answer(plan, SearchReply.whole(reply));
  }

  /** A value of the engine's own meaning begins with an underscore. */
  private static String preference(String shopper) {
    return "s" + Integer.toUnsignedString(shopper.hashCode(), Character.MAX_RADIX);
  }

  private static void requireAnswered(EngineReply reply, boolean inSnapshot) {
    if (reply.isSuccess()) {
      return;
    }
    if (reply.isError("too_many_clauses") || reply.isError("too_many_nested_clauses")) {
      throw new InvalidQueryException("q", "it has too many words");
    }
    if (inSnapshot && (reply.status() == Targets.NOT_FOUND || reply.status() == BAD_REQUEST)) {
      throw Snapshots.over();
    }
    Targets.successful(reply);
  }

  /**
   * Suggests titles.
   *
   * @param typed words
   * @param limit how many at the most
   * @return the most popular first
   */
  public List<Suggestion> suggest(String typed, int limit) {
    if (typed.length() > MAX_TYPED) {
      throw new InvalidQueryException("q", "it has too many words");
    }
    Map<String, Object> beginning =
        object(
            "match_bool_prefix",
            object(FieldNames.TITLE_WORDS, object("query", typed, "operator", "and")));
    Fields reply =
        read(
            object(
                "query",
                object("bool", object("filter", List.of(beginning))),
                "sort",
                List.of(object(FieldNames.POPULARITY, "desc"), object(FieldNames.ID, "asc")),
                "collapse",
                object("field", FieldNames.TITLE_TEXT),
                "size",
                limit,
                "_source",
                false,
                "track_total_hits",
                false));
    List<Suggestion> suggestions = new ArrayList<>();
    for (Fields hit : reply.object("hits").objects("hits")) {
      String title = String.valueOf(hit.object("fields").list(FieldNames.TITLE_TEXT).get(0));
      suggestions.add(new Suggestion(title, UUID.fromString(hit.text("_id"))));
    }
    return suggestions;
  }

  private Fields read(Map<String, Object> body) {
    body.put("timeout", calls.options().searchTimeout().toMillis() + "ms");
    EngineRequest request =
        EngineRequest.of("POST", "/" + alias + "/_search")
            .with("allow_partial_search_results", "false")
            .withBody(body);
    EngineReply reply = calls.send(request, calls.options().searchTimeout());
    requireAnswered(reply, false);
    return SearchReply.whole(reply);
  }

  /**
   * Corrects words that no product has.
   *
   * @param words lower-case words
   * @return by word: the most similar one that some product has
   * @throws SearchUnavailableException if the engine does not answer
   */
  public Map<String, String> corrections(Set<String> words) {
    List<String> asked = words.stream().filter(word -> word.length() <= MAX_WORD).toList();
    if (asked.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> suggesters = object();
    for (int i = 0; i < asked.size(); i++) {
      suggesters.put(SUGGESTED + i, suggester(asked.get(i)));
    }
    Fields suggested =
        read(object("size", 0, "track_total_hits", false, "suggest", suggesters))
            .objectOrEmpty("suggest");
    Map<String, String> corrections = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      List<Fields> parts = suggested.objects(SUGGESTED + i);
      if (parts.size() == 1) { // else it is not a word
        List<Fields> options = parts.get(0).objects("options");
        if (!options.isEmpty()) {
          corrections.put(asked.get(i), options.get(0).text("text"));
        }
      }
    }
    return corrections;
  }

  private static Map<String, Object> suggester(String word) {
    return object(
        "text",
        word,
        "term",
        object(
            "field",
            FieldNames.ALL_WORDS,
            "suggest_mode",
            "missing",
            "size",
            1,
            "shard_size",
            CANDIDATES));
  }
}
