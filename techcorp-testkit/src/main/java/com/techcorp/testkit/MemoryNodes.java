package com.techcorp.testkit;

import com.techcorp.error.FencedException;
import com.techcorp.storage.Fence;
import com.techcorp.storage.NodeRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Nodes and their leases in memory. */
final class MemoryNodes implements NodeRegistry {
  private final MemoryDatabase database;
  private final MemoryTable<Fence, Node> nodes;
  private ToIntFunction<Fence> whenEnded = fence -> 0;
  private int lastNode;

  private record Node(Fence fence, String name, Instant leaseUntil) {}

  MemoryNodes(MemoryDatabase database) {
    this.database = database;
    this.nodes = new MemoryTable<>(database);
  }

  /** Sets the action that frees and counts the sagas of an epoch that has ended. */
  void whenEnded(ToIntFunction<Fence> action) {
    whenEnded = action;
  }

  /** Part of a transaction: throws unless the lease stands now. */
  void requireLease(@Nullable Fence fence) {
    if (fence != null && standing(fence) == null) {
      throw new FencedException(
          "node " + fence.node() + " lost its lease (epoch " + fence.epoch() + ")", null);
    }
  }

  /** Part of a transaction: returns whether the node is still registered. */
  boolean isRegistered(int node) {
    return nodes.rows().anyMatch(row -> row.fence().node() == node);
  }

  private @Nullable Node standing(Fence fence) {
    Node node = nodes.get(fence);
    return node != null && database.now().isBefore(node.leaseUntil()) ? node : null;
  }

  @Override
  public Fence register(String name, Duration lease) {
    return database.transaction(
        () -> {
          lastNode++;
          Fence fence = new Fence(lastNode, 1);
          nodes.put(fence, new Node(fence, name, database.now().plus(lease)));
          return fence;
        });
  }

  @Override
  public boolean renew(Fence fence, Duration lease) {
    return database.transaction(
        () -> {
          Node node = standing(fence);
          if (node == null) {
            return false;
          }
          nodes.put(fence, new Node(fence, node.name(), database.now().plus(lease)));
          return true;
        });
  }

  @Override
  public void retire(Fence fence) {
    database.transaction(() -> end(fence));
  }

  @Override
  public int retireLapsed() {
    return database.transaction(
        () -> {
          List<Fence> lapsed =
              nodes.rows().map(Node::fence).filter(fence -> standing(fence) == null).toList();
          return lapsed.stream().mapToInt(this::end).sum();
        });
  }

  private int end(Fence fence) {
    nodes.remove(fence);
    return whenEnded.applyAsInt(fence);
  }
}
