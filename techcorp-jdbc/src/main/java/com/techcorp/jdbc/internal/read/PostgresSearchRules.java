package com.techcorp.jdbc.internal.read;

import com.techcorp.error.InvalidInputException;
import com.techcorp.jdbc.internal.batch.Transactions;
import com.techcorp.search.RuleJson;
import com.techcorp.search.SearchRule;
import com.techcorp.search.SearchRules;
import com.techcorp.search.Synonym;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The synonyms and rules of one index, in the schema {@code search}. */
public final class PostgresSearchRules implements SearchRules {
  private static final String VERSION =
      "select coalesce(max(version), 0) from ${search}.rule_versions where index_name = :index";

  /**
   * One statement, so that all is as of one moment. Without a rule there is one row all the same.
   */
  private static final String CONTENTS =
      """
      select v.version, r.kind, r.document::text as document
      from ${search}.rule_versions v left join ${search}.rules r on r.index_name = v.index_name
      where v.index_name = :index
      """;

  /** Changes of an index come one after the other: each locks the version first. */
  private static final String NEXT_VERSION =
      """
      insert into ${search}.rule_versions as v (index_name, version) values (:index, 1)
      on conflict (index_name) do update set version = v.version + 1
      """;

  private static final String OTHERS =
      """
      select count(*) from ${search}.rules
      where index_name = :index and kind = :kind and name <> :name
      """;

  private static final String PUT =
      """
      insert into ${search}.rules (index_name, kind, name, document)
      values (:index, :kind, :name, :document::jsonb)
      on conflict (index_name, kind, name) do update set document = excluded.document
      """;

  private static final String IS_KEPT =
      """
      select exists (select from ${search}.rules
        where index_name = :index and kind = :kind and name = :name)
      """;

  private static final String REMOVE =
      "delete from ${search}.rules where index_name = :index and kind = :kind and name = :name";

  private final Transactions transactions;
  private final String index;

  private enum Kind {
    SYNONYM,
    RULE
  }

  private record Row(long version, @Nullable String kind, @Nullable String document) {}

  /**
   * Keeps what belongs to one index.
   *
   * @param index its name
   */
  public PostgresSearchRules(Transactions transactions, String index) {
    this.transactions = transactions;
    this.index = index;
  }

  @Override
  public long version() {
    return transactions.read(
        handle -> handle.createQuery(VERSION).bind("index", index).mapTo(Long.class).one());
  }

  @Override
  public Contents contents() {
    List<Row> rows =
        transactions.read(
            handle ->
                handle
                    .createQuery(CONTENTS)
                    .bind("index", index)
                    .map(
                        (row, context) ->
                            new Row(
                                row.getLong("version"),
                                row.getString("kind"),
                                row.getString("document")))
                    .list());
    return new Contents(
        rows.isEmpty() ? 0 : rows.get(0).version(),
        documents(rows, Kind.SYNONYM).map(RuleJson::synonym).toList(),
        documents(rows, Kind.RULE).map(RuleJson::rule).toList());
  }

  private static Stream<String> documents(List<Row> rows, Kind kind) {
    return rows.stream()
        .filter(row -> kind.name().equals(row.kind()))
        .map(row -> Objects.requireNonNull(row.document()));
  }

  @Override
  public void put(Synonym synonym) {
    put(Kind.SYNONYM, synonym.name(), RuleJson.write(synonym), MAX_SYNONYMS);
  }

  @Override
  public boolean removeSynonym(String name) {
    return remove(Kind.SYNONYM, name);
  }

  @Override
  public void put(SearchRule rule) {
    put(Kind.RULE, rule.name(), RuleJson.write(rule), MAX_RULES);
  }

  @Override
  public boolean removeRule(String name) {
    return remove(Kind.RULE, name);
  }

  private void put(Kind kind, String name, String document, int most) {
    transactions.run(
        handle -> {
          nextVersion(handle);
          if (others(handle, kind, name) >= most) {
            throw new InvalidInputException(
                kind.name().toLowerCase(Locale.ROOT) + "s", "there must be at most " + most);
          }
          return handle
              .createUpdate(PUT)
              .bind("index", index)
              .bind("kind", kind.name())
              .bind("name", name)
              .bind("document", document)
              .execute();
        });
  }

  private int others(Handle handle, Kind kind, String name) {
    return handle
        .createQuery(OTHERS)
        .bind("index", index)
        .bind("kind", kind.name())
        .bind("name", name)
        .mapTo(Integer.class)
        .one();
  }

  /** Looks first, so that nothing moves if there is nothing to remove. */
  private boolean remove(Kind kind, String name) {
    return transactions.run(
        handle -> {
          boolean kept =
              handle
                  .createQuery(IS_KEPT)
                  .bind("index", index)
                  .bind("kind", kind.name())
                  .bind("name", name)
                  .mapTo(Boolean.class)
                  .one();
          if (!kept) {
            return false;
          }
          nextVersion(handle);
          return handle
                  .createUpdate(REMOVE)
                  .bind("index", index)
                  .bind("kind", kind.name())
                  .bind("name", name)
                  .execute()
              == 1;
        });
  }

  private void nextVersion(Handle handle) {
    handle.createUpdate(NEXT_VERSION).bind("index", index).execute();
  }
}
