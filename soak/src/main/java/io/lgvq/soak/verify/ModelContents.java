package io.lgvq.soak.verify;

import io.lgvq.operators.answer.AnswerRequest;
import io.lgvq.operators.codebook.TokenGrid;
import io.lgvq.operators.image.Decoded;
import io.lgvq.operators.image.PngEncoder;
import io.lgvq.schemas.event.Answer;
import io.lgvq.schemas.event.AnswerStatus;
import io.lgvq.schemas.event.Caption;
import io.lgvq.schemas.event.ImageTokens;
import io.lgvq.schemas.event.Reconstruction;
import io.lgvq.soak.course.Course;
import io.lgvq.soak.course.Pictures;
import io.lgvq.soak.model.Model;
import io.lgvq.topology.config.TopicNames;
import io.lgvq.topology.event.EventSerdes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serde;

/**
 * Worked out beforehand by the same model, one picture at a time and far from any stream: an output
 * never depends on the batch that it was made in, so the stages must come to just the same.
 *
 * <p>Immutable.
 */
public final class ModelContents implements Contents {

  private record Made(List<Integer> codes, String caption, ByteBuffer png, List<String> answers) {}

  private final TopicNames topics;
  private final EventSerdes serdes;
  private final List<Made> made = new ArrayList<>();

  /**
   * @param model asked here and not kept
   * @param topics whose values are read
   * @param serdes of the values
   */
  public ModelContents(Model model, Pictures pictures, TopicNames topics, EventSerdes serdes) {
    this.topics = topics;
    this.serdes = serdes;
    pictures.files().forEach(file -> made.add(made(model, file)));
  }

  @Override
  public String tokens(byte[] value, String imageId, int picture) {
    ImageTokens tokens = read(serdes.tokens(), topics.tokens(), value);
    return differs("image id", imageId, tokens.getImageId())
        + differs("codes", made.get(picture).codes(), tokens.getCodes());
  }

  @Override
  public String caption(byte[] value, String imageId, int picture) {
    Caption caption = read(serdes.captions(), topics.captions(), value);
    return differs("image id", imageId, caption.getImageId())
        + differs("text", made.get(picture).caption(), caption.getText());
  }

  @Override
  public String reconstruction(byte[] value, String imageId, int picture) {
    Reconstruction image = read(serdes.reconstructions(), topics.reconstructions(), value);
    return differs("image id", imageId, image.getImageId())
        + (made.get(picture).png().equals(image.getData()) ? "" : "another picture");
  }

  @Override
  public Said answer(byte[] value, String questionId, String imageId, int picture, int text) {
    Answer answer = read(serdes.answers(), topics.answers(), value);
    boolean unknown = answer.getStatus() == AnswerStatus.UNKNOWN_IMAGE;
    String due = unknown ? "" : made.get(picture).answers().get(text);
    return new Said(
        unknown,
        differs("question id", questionId, answer.getQuestionId())
            + differs("image id", imageId, answer.getImageId())
            + differs("text", due, answer.getText()));
  }

  private static <T> T read(Serde<T> serde, String topic, byte[] value) {
    return serde.deserializer().deserialize(topic, value);
  }

  private static String differs(String what, Object due, Object actual) {
    return Objects.equals(due, actual) ? "" : "%s %s instead of %s;".formatted(what, actual, due);
  }

  private static Made made(Model model, byte[] file) {
    if (!(model.decoder().decode(file, "") instanceof Decoded.Picture picture)) {
      throw new IllegalArgumentException("a picture of the course cannot be decoded");
    }
    TokenGrid grid = model.tokenizer().apply(List.of(picture.pixels())).get(0).grid();
    return new Made(
        Arrays.stream(grid.codes()).boxed().toList(),
        model.captioner().apply(List.of(grid)).get(0).best().text(),
        ByteBuffer.wrap(PngEncoder.encode(model.reconstructor().apply(List.of(grid)).get(0))),
        Course.texts().stream()
            .map(text -> new AnswerRequest(grid, text))
            .map(request -> model.answerer().apply(List.of(request)).get(0).best().text())
            .toList());
  }
}
