package io.lgvq.schemas.registry;

import org.apache.avro.Schema;

/**
 * One version of a subject.
 *
 * @param id the schema's id, unique in the registry
 * @param version the version's number in its subject, from 1
 * @param schema the schema itself
 */
public record SubjectVersion(int id, int version, Schema schema) {}
