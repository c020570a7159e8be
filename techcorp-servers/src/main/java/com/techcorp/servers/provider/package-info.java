/**
 * A payment provider in a process of its own, with books that survive its death: the judge of tests
 * that kill processes, because it alone knows whose money moved how often. {@link
 * com.techcorp.servers.provider.ProviderProcess} runs it, {@link
 * com.techcorp.servers.provider.ProviderGateway} is how a shop, in whatever process, pays there.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.servers.provider;
