package com.techcorp.search.elasticsearch.internal;

import static com.techcorp.search.elasticsearch.internal.Json.object;

import com.techcorp.error.NotFoundException;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.SearchUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The physical indexes of an index, and its aliases: the index's name is the alias that searches
 * read, and each target has one that writes go to. Thread-safe.
 */
public final class Targets {
  static final int NOT_FOUND = 404;
  private static final int BAD_REQUEST = 400;
  private static final int MAX_NAME = 200;
  private static final Pattern SUFFIX = Pattern.compile("[a-z0-9-]+");

  private final EngineCalls calls;
  private final IndexOptions settings;

  Targets(EngineCalls calls, IndexOptions settings) {
    this.calls = calls;
    this.settings = settings;
  }

  /** The alias that searches read. */
  String alias() {
    return settings.name();
  }

  /** The alias that writes to a target go to; without it, nothing is written. */
  static String writeAlias(String target) {
    return target + "-write";
  }

  /**
   * Refuses a name that no target of this index can have, so that none reaches the engine.
   *
   * @throws NotFoundException if it is one
   */
  String require(String target) {
    if (!isName(target)) {
      throw missing();
    }
    return target;
  }

  private boolean isName(String target) {
    String prefix = alias() + "-";
    return target.length() <= MAX_NAME
        && target.startsWith(prefix)
        && SUFFIX.matcher(target.substring(prefix.length())).matches();
  }

  static NotFoundException missing() {
    return new NotFoundException("The index has no such target");
  }

  /** Refuses the reply to a request about a target that is not there. */
  static EngineReply existing(EngineReply reply) {
    if (reply.status() == NOT_FOUND) {
      throw missing();
    }
    return successful(reply);
  }

  /** Refuses a reply that nothing but a fault of set-up explains. */
  static EngineReply successful(EngineReply reply) {
    if (!reply.isSuccess()) {
      throw new SearchUnavailableException(
          "Elasticsearch refuses a request with status "
              + reply.status()
              + ": check the account's privileges and the index's aliases");
    }
    return reply;
  }

  /**
   * Returns the target that searches read.
   *
   * @return its name
   */
  public String current() {
    EngineReply reply = calls.send(EngineRequest.of("GET", "/_alias/" + alias()));
    if (reply.status() == NOT_FOUND) {
      throw new SearchUnavailableException(
          "The alias "
              + alias()
              + " is gone from Elasticsearch: restart to create it, and reindex");
    }
    Set<String> targets = successful(reply).fields().names();
    if (targets.size() != 1) {
      throw new SearchUnavailableException(
          "The alias " + alias() + " must point to one index: remove it from all others");
    }
    return targets.iterator().next();
  }

  /**
   * Returns all targets.
   *
   * @return their names
   */
  public Set<String> names() {
    EngineReply reply =
        successful(calls.send(EngineRequest.of("GET", "/" + alias() + "-*/_mapping")));
    Set<String> names = new TreeSet<>();
    Fields indexes = reply.fields();
    for (String name : indexes.names()) {
      Fields meta =
          indexes
              .object(name)
              .objectOrEmpty("mappings")
              .objectOrEmpty("_meta")
              .objectOrEmpty(IndexDefinition.META);
      if (isName(name) && alias().equals(meta.textOrNull("index"))) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * Creates an empty target.
   *
   * @param target its name
   * @throws IllegalArgumentException if it is no name of a target, or there is one of this name
   */
  public void create(String target) {
    if (!isName(target)) {
      throw new IllegalArgumentException(
          "a target's name must begin with "
              + alias()
              + "- and have lower-case letters, digits and -");
    }
    if (!create(target, false)) {
      throw new IllegalArgumentException("there is a target of this name already");
    }
  }

  /**
   * Creates an empty target.
   *
   * @param current whether searches read it, from its first moment on
   * @return false if something of this name exists
   */
  boolean create(String target, boolean current) {
    Map<String, Object> aliases = object(writeAlias(target), object());
    if (current) {
      aliases.put(alias(), object("filter", IndexDefinition.productsOnly()));
    }
    Map<String, Object> body = IndexDefinition.of(settings, calls.options().created());
    body.put("aliases", aliases);
    EngineReply reply = calls.send(EngineRequest.of("PUT", "/" + target).withBody(body));
    if (reply.status() == BAD_REQUEST && reply.isError("resource_already_exists_exception")) {
      return false;
    }
    successful(reply);
    return true;
  }

  /**
   * Points the search alias to a target, in one step.
   *
   * @param target its name
   * @throws NotFoundException if there is none of this name
   */
  public void makeCurrent(String target) {
    require(target);
    List<Map<String, Object>> actions = new ArrayList<>();
    actions.add(
        object("remove", object("index", alias() + "-*", "alias", alias(), "must_exist", false)));
    actions.add(
        object(
            "add",
            object("index", target, "alias", alias(), "filter", IndexDefinition.productsOnly())));
    existing(
        calls.send(EngineRequest.of("POST", "/_aliases").withBody(object("actions", actions))));
  }

  /**
   * Deletes a target, if there is one of this name.
   *
   * @param target its name
   * @throws IllegalArgumentException if searches read it
   */
  public void delete(String target) {
    if (!isName(target)) {
      return;
    }
    if (target.equals(current())) {
      throw new IllegalArgumentException("the current target cannot be deleted");
    }
    EngineReply reply = calls.send(EngineRequest.of("DELETE", "/" + target));
    if (reply.status() != NOT_FOUND) {
      successful(reply);
    }
  }
}
