package com.techcorp.search.elasticsearch;

import com.techcorp.search.IndexOptions;
import com.techcorp.search.Suggestion;
import com.techcorp.search.elasticsearch.internal.BulkWrites;
import com.techcorp.search.elasticsearch.internal.CertificateTrust;
import com.techcorp.search.elasticsearch.internal.EngineCalls;
import com.techcorp.search.elasticsearch.internal.IndexOpening;
import com.techcorp.search.elasticsearch.internal.Searches;
import com.techcorp.search.elasticsearch.internal.ServerAccess;
import com.techcorp.search.elasticsearch.internal.Snapshots;
import com.techcorp.search.elasticsearch.internal.StoredEntries;
import com.techcorp.search.elasticsearch.internal.Targets;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.SearchIndex;
import com.techcorp.search.spi.SearchPlan;
import com.techcorp.search.spi.StoredEntry;
import com.techcorp.search.spi.WriteResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An index on Elasticsearch 9, which all processes share. Thread-safe.
 *
 * <pre>{@code
 * SearchIndex index = ElasticIndex.connect("https://search-1:9200");
 * }</pre>
 *
 * <p>An index named {@code products} is an alias. It points to one of its targets, {@code
 * products-…}, each of which is an index of Elasticsearch with a write alias of its own. What is
 * written survives a crash of the engine, and of its machine as soon as a replica has it; a search
 * sees it after {@link TargetOptions#refreshInterval} at the latest.
 *
 * <p>The account needs the cluster privilege {@code monitor}, and all privileges on the indexes
 * {@code products} and {@code products-*}.
 */
public final class ElasticIndex implements SearchIndex {
  private final EngineCalls calls;
  private final Snapshots snapshots;
  private volatile @Nullable Opened opened;

  private ElasticIndex(ServerAccess access, ElasticOptions options) {
    this.calls = new EngineCalls(access, options);
    this.snapshots = new Snapshots(calls, Clock.systemUTC());
  }

  /** What there is once the index is open. */
  private record Opened(
      IndexOptions settings,
      Targets targets,
      Searches searches,
      StoredEntries entries,
      BulkWrites writes) {}

  /**
   * Returns an index on a server, with {@link ElasticOptions#DEFAULT}. Nothing is sent before
   * {@link #open}.
   *
   * @param uri such as {@code https://search-1:9200}; may hold a user and a password
   * @return the index, to be opened; the caller closes it
   * @throws com.techcorp.error.WiringException if it is no address
   */
  public static ElasticIndex connect(String uri) {
    return builder(uri).build();
  }

  /**
   * Returns a builder of an index on one or several servers of a cluster.
   *
   * @param uri such as {@code https://search-1:9200}; may hold a user and a password
   * @param more the other servers; one that fails is left alone for a while
   * @return a builder with {@link ElasticOptions#DEFAULT}
   * @throws com.techcorp.error.WiringException if one of them is no address
   */
  public static Builder builder(String uri, String... more) {
    List<String> uris = new ArrayList<>();
    uris.add(uri);
    uris.addAll(Arrays.asList(more));
    return new Builder(ServerAccess.of(uris));
  }

  /** Collects what an index needs. Not thread-safe. */
  public static final class Builder {
    private ServerAccess access;
    private ElasticOptions options = ElasticOptions.DEFAULT;

    private Builder(ServerAccess access) {
      this.access = access;
    }

    /**
     * Sets the user who asks. Default: the one in the address, or none.
     *
     * @param user the name
     * @param password the password
     * @return this
     */
    public Builder user(String user, String password) {
      access = access.withUser(user, password);
      return this;
    }

    /**
     * Sets the API key that asks, in place of a user. Default: none.
     *
     * @param encoded the key as Elasticsearch returned it in {@code encoded}
     * @return this
     */
    public Builder apiKey(String encoded) {
      access = access.withApiKey(encoded);
      return this;
    }

    /**
     * Trusts only what an authority has signed. Default: all that the JVM trusts.
     *
     * @param pem a file with its certificate, such as Elasticsearch's {@code http_ca.crt}
     * @return this
     * @throws com.techcorp.error.WiringException if the file has no certificate
     */
    public Builder certificateAuthority(Path pem) {
      access = access.withTrust(CertificateTrust.ofFile(pem));
      return this;
    }

    /**
     * Trusts only what the certificate of a fingerprint has signed, and itself. Default: all that
     * the JVM trusts.
     *
     * @param sha256 64 hexadecimal digits, with or without colons
     * @return this
     * @throws com.techcorp.error.WiringException if it is no fingerprint
     */
    public Builder certificateFingerprint(String sha256) {
      access = access.withTrust(CertificateTrust.ofFingerprint(sha256));
      return this;
    }

    /**
     * Sets times and bounds. Default: {@link ElasticOptions#DEFAULT}.
     *
     * @param options the options
     * @return this
     */
    public Builder options(ElasticOptions options) {
      this.options = options;
      return this;
    }

    /**
     * Returns the index. Nothing is sent before it is opened.
     *
     * @return the index; the caller closes it
     */
    public ElasticIndex build() {
      return new ElasticIndex(access, options);
    }
  }

  @Override
  public synchronized String open(IndexOptions settings) {
    if (opened != null) {
      throw new IllegalStateException("an index is opened once");
    }
    return calls.reading(
        () -> {
          Targets targets = IndexOpening.open(calls, settings);
          StoredEntries entries = new StoredEntries(calls, targets);
          String current = targets.current();
          opened =
              new Opened(
                  settings,
                  targets,
                  new Searches(calls, settings.name(), snapshots),
                  entries,
                  new BulkWrites(calls, targets, entries));
          return current;
        });
  }

  /**
   * {@inheritDoc}
   *
   * @return empty: all processes share the index
   */
  @Override
  public Optional<String> copyId() {
    return Optional.empty();
  }

  private <T> T call(Function<Opened, T> call) {
    Opened index = opened;
    if (index == null) {
      throw new IllegalStateException("the index is not open: call open first");
    }
    return calls.reading(() -> call.apply(index));
  }

  @Override
  public SearchAnswer search(SearchPlan plan) {
    return call(index -> index.searches().search(plan));
  }

  @Override
  public List<Suggestion> suggest(String typed, int limit) {
    return call(index -> index.searches().suggest(typed, limit));
  }

  @Override
  public Map<String, String> corrections(Set<String> words) {
    return call(index -> index.searches().corrections(words));
  }

  @Override
  public String openSnapshot(Duration keep) {
    return call(index -> snapshots.open(index.settings().name(), keep));
  }

  @Override
  public List<WriteResult> write(String target, List<? extends IndexWrite> writes) {
    return call(index -> index.writes().write(target, writes));
  }

  @Override
  public void refresh(String target) {
    call(
        index -> {
          index.entries().refresh(target);
          return target;
        });
  }

  @Override
  public Map<UUID, StoredEntry> read(String target, Collection<UUID> products) {
    return call(index -> index.entries().read(target, products));
  }

  @Override
  public List<StoredEntry> scan(String target, @Nullable UUID after, int limit) {
    return call(index -> index.entries().scan(target, after, limit));
  }

  @Override
  public long count(String target) {
    return call(index -> index.entries().count(target));
  }

  @Override
  public int purgeTombstones(String target, Instant deletedBefore, int limit) {
    return call(index -> index.entries().purgeTombstones(target, deletedBefore, limit));
  }

  @Override
  public Set<String> targets() {
    return call(index -> index.targets().names());
  }

  @Override
  public String current() {
    return call(index -> index.targets().current());
  }

  @Override
  public void create(String target) {
    call(
        index -> {
          index.targets().create(target);
          return target;
        });
  }

  @Override
  public void makeCurrent(String target) {
    call(
        index -> {
          index.targets().makeCurrent(target);
          return target;
        });
  }

  @Override
  public void delete(String target) {
    call(
        index -> {
          index.targets().delete(target);
          return target;
        });
  }

  @Override
  public void close() {
    calls.close();
  }
}
