package com.techcorp.storage;

/**
 * Proof of a node's lease: every engine transaction checks it inside the database. An epoch never
 * returns once it is lost.
 *
 * @param node the node's number in the registry
 * @param epoch the epoch under which it holds its lease
 */
public record Fence(int node, long epoch) {}
