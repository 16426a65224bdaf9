package io.lgvq.operators.engine;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.lgvq.operators.OperatorException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One graph, loaded and bound to an operator.
 *
 * <p>Threading: safe for use by several threads. Each call takes a lane (a DJL predictor with
 * buffers of its own) and returns it, so there are as many lanes as there ever were calls at once.
 * Ownership: closing it frees the graph and all lanes; no call may be running then.
 *
 * @param <I> a batch
 * @param <O> what comes of it
 */
public final class Network<I, O> implements AutoCloseable {

  private final String what;
  private final Model model;
  private final AutoCloseable options;
  private final Binding<I, O> binding;
  private final Queue<Predictor<I, O>> idle = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  Network(String what, Model model, AutoCloseable options, Binding<I, O> binding) {
    this.what = what;
    this.model = model;
    this.options = options;
    this.binding = binding;
  }

  /**
   * Runs the graph once.
   *
   * @throws OperatorException if the engine failed or the graph broke its signature
   * @throws IllegalStateException if it is closed
   */
  public O run(I batch) {
    if (closed.get()) {
      throw new IllegalStateException("graph " + what + " is closed");
    }
    Predictor<I, O> lane = idle.poll();
    if (lane == null) {
      lane = model.newPredictor(new Lane<>(binding));
    }
    try {
      return lane.predict(batch);
    } catch (TranslateException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new OperatorException(
          "Graph %s failed at batch %d: %s."
              .formatted(what, binding.rows(batch), cause.getMessage()),
          e);
    } finally {
      idle.add(lane);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      idle.forEach(Predictor::close);
      model.close();
      try {
        options.close();
      } catch (Exception e) {
        throw new IllegalStateException("session options could not be freed", e);
      }
    }
  }

  /** The whole batch is one DJL input, so DJL neither stacks nor splits. */
  private static final class Lane<I, O> implements Translator<I, O> {
    private static final String BATCH = "batch";

    private final Binding<I, O> binding;
    private final Inputs inputs;

    Lane(Binding<I, O> binding) {
      this.binding = binding;
      this.inputs = new Inputs(binding.inputs());
    }

    @Override
    public NDList processInput(TranslatorContext context, I batch) {
      inputs.size(binding.rows(batch));
      binding.write(batch, inputs);
      context.setAttachment(BATCH, batch);
      return inputs.arrays(context.getNDManager());
    }

    @Override
    public O processOutput(TranslatorContext context, NDList list) {
      @SuppressWarnings("unchecked") // put there by processInput of the same call
      I batch = (I) context.getAttachment(BATCH);
      return binding.read(batch, new Outputs(list, binding.rows(batch)));
    }

    @Override
    public Batchifier getBatchifier() {
      return null;
    }
  }
}
