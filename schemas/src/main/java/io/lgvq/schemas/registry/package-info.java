/**
 * Client of a Schema Registry that speaks Confluent's REST API: HTTP, authentication, failover,
 * caching.
 */
package io.lgvq.schemas.registry;
