/** What the trainer costs beside the same network in plain PyTorch, in one run. */
package io.lgvq.training.throughput;
