package com.techcorp.storage;

/**
 * Something a saga writes, as data: the storage turns the effects of many sagas into few set-based
 * statements and commits them together.
 *
 * <p>Each port has its effects as records (an order's event, a hold of stock). A host's own local
 * step declares its own record and teaches the storage to write it. Effects are immutable; what
 * they say must not depend on anything that changes between two attempts to write them.
 */
public interface Effect {}
