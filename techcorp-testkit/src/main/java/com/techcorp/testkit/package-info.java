/**
 * What users and adapters of TechCorp test with: {@code servers} finds or starts real servers,
 * {@code process} starts JVMs that can be killed.
 */
@org.jspecify.annotations.NullMarked
package com.techcorp.testkit;
