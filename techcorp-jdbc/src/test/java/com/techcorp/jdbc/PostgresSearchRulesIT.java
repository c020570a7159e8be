package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.contracts.SearchRulesContracts;
import com.techcorp.contracts.SearchRulesUnderTest;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.SearchRules;
import com.techcorp.search.Synonym;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tables of synonyms and rules. */
class PostgresSearchRulesIT extends SearchRulesContracts {
  private static final SchemaNames NAMES = SchemaNames.DEFAULT.withSearchTables();

  private static TestDatabase database;

  @BeforeAll
  static void opens() {
    database = TestDatabase.fresh();
  }

  @AfterAll
  static void drops() {
    database.close();
  }

  private static PostgresStorage storage() {
    return PostgresStorage.builder(database.pool()).schemas(NAMES).build();
  }

  @Override
  protected SearchRulesUnderTest open() {
    database.emptied();
    return SearchRulesUnderTest.of(storage().searchRules());
  }

  @Test
  void belongToOneIndex() {
    // given: two indexes, of which one has a synonym
    IndexOptions other = IndexOptions.DEFAULT.withName("produtos");
    SearchRules shoes = storage().searchRules();
    SearchRules sapatos = storage().searchRules(other);
    shoes.put(Synonym.twoWay("shoes", "shoes", "sneakers"));

    // then
    assertThat(sapatos.version()).isZero();
    assertThat(sapatos.contents().synonyms()).isEmpty();
    assertThat(sapatos.removeSynonym("shoes")).isFalse();
    assertThat(storage().searchRules().contents()).isEqualTo(shoes.contents());
  }
}
