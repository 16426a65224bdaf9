package io.lgvq.operators.answer;

import io.lgvq.operators.bundle.Bundle;
import io.lgvq.operators.bundle.Graph;
import io.lgvq.operators.codebook.AcceptedTokens;
import io.lgvq.operators.codebook.Codebook;
import io.lgvq.operators.engine.Batches;
import io.lgvq.operators.engine.Binding;
import io.lgvq.operators.engine.Inputs;
import io.lgvq.operators.engine.Network;
import io.lgvq.operators.engine.OnnxEngine;
import io.lgvq.operators.engine.Outputs;
import io.lgvq.operators.engine.Port;
import io.lgvq.operators.text.Vocabulary;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The answerer of a bundle's {@code answer.onnx}.
 *
 * <p>Threading: safe for use by several threads. Ownership: whoever opened it closes it.
 */
public final class OnnxAnswerer implements Answerer {

  private final AcceptedTokens accepted;
  private final int batch;
  private final Network<List<AnswerRequest>, List<AnswerResult>> head;

  /**
   * Loads the answer head of a bundle.
   *
   * @param alternatives further answers that each result names, 0 or more
   */
  public OnnxAnswerer(Bundle bundle, OnnxEngine engine, int alternatives) {
    this.accepted = new AcceptedTokens(bundle.codebook(), bundle.manifest().grid().codes());
    this.batch = engine.batch();
    AnswerBinding binding =
        new AnswerBinding(
            bundle.vocabulary(),
            bundle.answers(),
            accepted.count(),
            bundle.text().questionLength(),
            bundle.manifest().answerThreshold(),
            alternatives);
    this.head = engine.load(Graph.ANSWER.key(), bundle.graph(Graph.ANSWER), binding);
  }

  @Override
  public List<AnswerResult> apply(List<AnswerRequest> requests) {
    requests.forEach(request -> accepted.require(request.tokens()));
    return Batches.split(requests, batch, head::run);
  }

  @Override
  public Codebook codebook() {
    return accepted.codebook();
  }

  @Override
  public void close() {
    head.close();
  }

  /** {@code codes} [B,n] and {@code question} [B,Q] to {@code probabilities} [B,A]. */
  private record AnswerBinding(
      Vocabulary vocabulary,
      List<String> answers,
      int codes,
      int questionLength,
      float threshold,
      int alternatives)
      implements Binding<List<AnswerRequest>, List<AnswerResult>> {

    @Override
    public List<Port> inputs() {
      return List.of(Port.ints("codes", codes), Port.ints("question", questionLength));
    }

    @Override
    public int rows(List<AnswerRequest> requests) {
      return requests.size();
    }

    @Override
    public void write(List<AnswerRequest> requests, Inputs inputs) {
      AcceptedTokens.write(requests.stream().map(AnswerRequest::tokens).toList(), inputs.ints(0));
      IntBuffer questions = inputs.ints(1);
      for (AnswerRequest request : requests) {
        questions.put(vocabulary.encode(request.question(), questionLength));
      }
    }

    @Override
    public List<AnswerResult> read(List<AnswerRequest> requests, Outputs outputs) {
      FloatBuffer probabilities = outputs.floats("probabilities", answers.size());
      List<AnswerResult> results = new ArrayList<>(requests.size());
      float[] row = new float[answers.size()];
      for (int i = 0; i < requests.size(); i++) {
        probabilities.get(row);
        results.add(result(row));
      }
      return results;
    }

    private AnswerResult result(float[] row) {
      List<AnswerResult.Scored> ranked =
          IntStream.range(0, row.length)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer answer) -> -row[answer]))
              .limit(1L + alternatives)
              .map(answer -> new AnswerResult.Scored(answers.get(answer), row[answer]))
              .toList();
      AnswerResult.Scored best = ranked.get(0);
      return new AnswerResult(
          best, best.probability() >= threshold, ranked.subList(1, ranked.size()));
    }
  }
}
