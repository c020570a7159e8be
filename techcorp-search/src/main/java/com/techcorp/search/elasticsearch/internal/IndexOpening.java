package com.techcorp.search.elasticsearch.internal;

import com.techcorp.error.WiringException;
import com.techcorp.search.IndexOptions;
import java.util.Locale;

/** Checks that the server can serve an index, and creates the index if it is missing. */
public final class IndexOpening {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int OLDEST = 9;

  private final EngineCalls calls;
  private final IndexOptions settings;
  private final Targets targets;

  private IndexOpening(EngineCalls calls, IndexOptions settings) {
    this.calls = calls;
    this.settings = settings;
    this.targets = new Targets(calls, settings);
  }

  /**
   * Opens an index.
   *
   * @param calls the way to the server
   * @param settings name, language and currency
   * @return its targets, one of which is current
   * @throws WiringException says what is wrong and what to do
   */
  public static Targets open(EngineCalls calls, IndexOptions settings) {
    IndexOpening opening = new IndexOpening(calls, settings);
    opening.requireElasticsearch();
    opening.requireIndex();
    return opening.targets;
  }

  private void requireElasticsearch() {
    EngineReply reply = calls.send(EngineRequest.of("GET", "/"));
    requireAllowed(reply);
    if (!reply.isElasticsearch() || !reply.isSuccess()) {
      throw new WiringException(
          "The server is not Elasticsearch: check the address; OpenSearch and proxies that answer"
              + " for themselves are not supported");
    }
    String version = reply.fields().object("version").text("number");
    int major;
    try {
      major = Integer.parseInt(version.split("\\.", -1)[0]);
    } catch (NumberFormatException e) {
      throw new MalformedReplyException();
    }
    if (major < OLDEST) {
      throw new WiringException(
          "The server is Elasticsearch " + major + ": upgrade it to " + OLDEST + " or later");
    }
  }

  private void requireAllowed(EngineReply reply) {
    if (reply.status() == UNAUTHORIZED) {
      throw new WiringException(
          "Elasticsearch does not accept the password or API key: check it, and whether it has"
              + " expired");
    }
    if (reply.status() == FORBIDDEN) {
      throw new WiringException(
          "The account may not use Elasticsearch for this: give it the cluster privilege monitor,"
              + " and all privileges on the indexes "
              + settings.name()
              + " and "
              + settings.name()
              + "-*");
    }
  }

  private void requireIndex() {
    EngineReply reply = index();
    if (reply.status() == Targets.NOT_FOUND) {
      boolean created = targets.create(firstTarget(), true);
      reply = index(); // also if another process was faster
      if (reply.status() == Targets.NOT_FOUND && !created) {
        throw new WiringException(
            "The alias "
                + settings.name()
                + " is missing, but the index "
                + firstTarget()
                + " is there: point the alias to the index that searches read, or delete that one");
      }
    }
    requireUsable(Targets.successful(reply).fields());
  }

  private EngineReply index() {
    EngineReply reply = calls.send(EngineRequest.of("GET", "/" + settings.name()));
    requireAllowed(reply);
    return reply;
  }

  private String firstTarget() {
    return settings.name() + "-first";
  }

  private void requireUsable(Fields indexes) {
    if (indexes.has(settings.name())) {
      throw new WiringException(
          "An index stands where the alias "
              + settings.name()
              + " should be: give IndexOptions another name, or delete that index");
    }
    if (indexes.names().size() != 1) {
      throw new WiringException(
          "The alias " + settings.name() + " must point to one index: remove it from all others");
    }
    String target = indexes.names().iterator().next();
    Fields index = indexes.object(target);
    requireAliases(target, index.objectOrEmpty("aliases"));
    requireMapping(
        index.objectOrEmpty("mappings").objectOrEmpty("_meta").objectOrEmpty(IndexDefinition.META));
  }

  private void requireAliases(String target, Fields aliases) {
    if (!aliases.has(Targets.writeAlias(target))
        || !aliases.objectOrEmpty(settings.name()).has("filter")) {
      throw new WiringException(
          "The index "
              + target
              + " lacks its alias "
              + Targets.writeAlias(target)
              + ", or the alias "
              + settings.name()
              + " has no filter: give IndexOptions another name and reindex");
    }
  }

  private void requireMapping(Fields meta) {
    long mapping = meta.get("mapping") instanceof Long version ? version : 0;
    if (mapping != IndexDefinition.MAPPING || !settings.name().equals(meta.textOrNull("index"))) {
      throw new WiringException(
          "The index "
              + settings.name()
              + " has a mapping of "
              + (mapping > IndexDefinition.MAPPING ? "a later" : "another or an older")
              + " version of the library: give IndexOptions another name and reindex, or use that"
              + " version");
    }
    requireSame("language", settings.language().name().toLowerCase(Locale.ROOT), meta);
    requireSame("currency", settings.currency().getCurrencyCode(), meta);
  }

  private void requireSame(String what, String wanted, Fields meta) {
    if (!wanted.equals(meta.textOrNull(what))) {
      throw new WiringException(
          "The index "
              + settings.name()
              + " has another "
              + what
              + " than "
              + wanted
              + ": give IndexOptions another name for this one and reindex");
    }
  }
}
