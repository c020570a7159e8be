/**
 * What is measured of authentication: what the library costs beside the bare work of a
 * verification, a login and a refresh, and what sessions take in Redis.
 */
@NullMarked
package com.techcorp.bench.scenario.auth;

import org.jspecify.annotations.NullMarked;
