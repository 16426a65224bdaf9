/**
 * The topics as they should be, made where they are missing, and judged where they are there. Needs
 * no model.
 */
package io.lgvq.topology.plan;
