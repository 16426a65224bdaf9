/** The topics on your Kafka: made, and judged. */
package io.lgvq.cli.topics;
