package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.UnavailableException;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
import com.techcorp.search.UnreadableProductsException;
import com.techcorp.search.spi.IndexJournal.Reading;
import com.techcorp.search.spi.IndexJournal.Role;
import com.techcorp.search.spi.IndexJournal.Target;
import com.techcorp.search.spi.IndexJournal.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each reading has a version of its own, higher than all before, whatever the clock does. */
public abstract class IndexTurnsContract extends IndexJournalScenario {
  /** For subclasses. */
  protected IndexTurnsContract() {}

  @Test
  void givesWhatTheCatalogueHas() {
    // given
    ProductDocument shirt = product(SHIRT, "Shirt");

    // when
    Turn turn = turn(SHIRT, MUG, SHIRT);

    // then: the mug is gone
    assertThat(turn.products()).containsOnlyKeys(SHIRT, MUG);
    assertThat(turn.products().get(SHIRT))
        .isEqualTo(new Reading(version(turn, SHIRT), shirt, null));
    assertThat(turn.products().get(MUG)).isEqualTo(new Reading(version(turn, MUG), null, null));
    assertThat(turn.readAt()).isEqualTo(now());
    assertThat(journal().now()).isEqualTo(now());
  }

  @Test
  void givesEachReadingAHigherVersion() {
    Turn first = turn(SHIRT, MUG);
    Turn second = turn(MUG, SHIRT);

    assertThat(
            List.of(
                version(first, SHIRT),
                version(first, MUG),
                version(second, SHIRT),
                version(second, MUG)))
        .doesNotHaveDuplicates();
    assertThat(Math.min(version(second, SHIRT), version(second, MUG)))
        .isGreaterThan(Math.max(version(first, SHIRT), version(first, MUG)));
    assertThat(journal().lastVersion())
        .isEqualTo(Math.max(version(second, SHIRT), version(second, MUG)));
  }

  @Test
  void hasGivenNoVersionAtFirst() {
    assertThat(journal().lastVersion()).isZero();
  }

  @Test
  void goesWithTheClockSoThatALostStateDoesNotRepeatVersions() {
    long first = version(turn(SHIRT), SHIRT);
    assertThat(first).isEqualTo(micros(now()));

    adapter().clock().advance(Duration.ofHours(1));

    assertThat(version(turn(SHIRT), SHIRT)).isEqualTo(micros(now()));
  }

  @Test
  void goesOnWhenTheClockIsSetBack() {
    long before = version(turn(SHIRT), SHIRT);

    adapter().clock().set(now().minus(Duration.ofHours(1)));

    assertThat(version(turn(SHIRT), SHIRT)).isEqualTo(before + 1);
    assertThat(version(turn(SHIRT), SHIRT)).isEqualTo(before + 2);
  }

  @Test
  void tellsWhichProductsCannotBeReadAndReadsTheOthers() {
    // given
    ProductDocument mug = product(MUG, "Mug");
    ProductSource source =
        new Source() {
          @Override
          public Map<UUID, ProductDocument> load(Collection<UUID> ids) {
            if (ids.contains(SHIRT)) {
              throw new UnreadableProductsException(Map.of(SHIRT, "title: it is blank"));
            }
            return products.load(ids);
          }
        };

    // when
    Turn turn = journal().turn(INDEX, List.of(SHIRT, MUG), source);

    // then
    assertThat(turn.products().get(SHIRT))
        .isEqualTo(new Reading(version(turn, SHIRT), null, "title: it is blank"));
    assertThat(turn.products().get(MUG)).isEqualTo(new Reading(version(turn, MUG), mug, null));
  }

  @Test
  void changesNothingIfTheCatalogueCannotBeRead() {
    // given
    long before = version(turn(SHIRT), SHIRT);
    ProductSource away =
        new Source() {
          @Override
          public Map<UUID, ProductDocument> load(Collection<UUID> ids) {
            throw new UnavailableException("the catalogue is away");
          }
        };

    // when, then
    assertThatThrownBy(() -> journal().turn(INDEX, List.of(SHIRT), away))
        .isInstanceOf(UnavailableException.class);
    assertThat(journal().lastVersion()).isEqualTo(before);
    assertThat(version(turn(SHIRT), SHIRT)).as("nothing stays locked").isGreaterThan(before);
  }

  @Test
  void takesManyProductsAtOnceAndNone() {
    List<UUID> many = Stream.generate(UUID::randomUUID).limit(1_000).toList();

    Turn turn = journal().turn(INDEX, many, products);

    assertThat(turn.products()).containsOnlyKeys(many);
    assertThat(turn.products().values().stream().map(Reading::version)).doesNotHaveDuplicates();
    assertThat(journal().turn(INDEX, List.of(), products).products()).isEmpty();
  }

  @Test
  void namesTheTargetsThatAreRegisteredAtThatTime() {
    assertThat(turn(SHIRT).targets()).isEmpty();

    register("products-1", Role.CURRENT);
    assertThat(turn(SHIRT).targets()).containsExactly("products-1");

    register("products-2", Role.FILLING);
    assertThat(turn(SHIRT).targets()).containsExactlyInAnyOrder("products-1", "products-2");

    journal().remove(INDEX, "products-1");
    journal().remove(INDEX, "products-1");
    assertThat(turn(SHIRT).targets()).containsExactly("products-2");
    assertThat(journal().turn("other", List.of(SHIRT), products).targets()).isEmpty();
  }

  @Test
  void knowsEachTargetsRoleAndSinceWhen() {
    // given
    Instant first = now();
    register("products-1", Role.CURRENT);
    register("products-2", Role.FILLING);
    adapter().clock().advance(Duration.ofMinutes(1));

    // when
    register("products-1", Role.PREVIOUS);

    // then
    assertThat(journal().targets(INDEX))
        .containsExactly(
            new Target("products-1", Role.PREVIOUS, now()),
            new Target("products-2", Role.FILLING, first));
    assertThat(journal().targets("other")).isEmpty();
  }

  @Test
  void countsGenerationsForEachIndex() {
    assertThat(journal().generation(INDEX)).isZero();
    assertThat(journal().nextGeneration(INDEX)).isEqualTo(1);
    assertThat(journal().nextGeneration(INDEX)).isEqualTo(2);
    assertThat(journal().generation(INDEX)).isEqualTo(2);
    assertThat(journal().generation("other")).isZero();
  }

  @Test
  void keepsOneKeyForCursors() {
    byte[] key = journal().cursorKey();

    assertThat(key).hasSize(32).isNotEqualTo(new byte[32]);
    assertThat(adapter().journal().cursorKey()).isEqualTo(key);
  }

  /** A source of which only reading by id matters. */
  private abstract static class Source implements ProductSource {
    @Override
    public List<UUID> idsAfter(@Nullable UUID after, int limit) {
      return List.of();
    }
  }
}
