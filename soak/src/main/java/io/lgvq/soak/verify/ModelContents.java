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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serde;

/**
 * Worked out beforehand by the same models, one picture at a time and far from any stream: an
 * output never depends on the batch that it was made in, so the stages must come to just the same.
 *
 * <p>Immutable.
 */
public final class ModelContents implements Contents {

  private record Made(List<Integer> codes, String caption, ByteBuffer png, List<String> answers) {}

  private final TopicNames topics;
  private final EventSerdes serdes;
  private final Map<String, List<Made>> made;

  /**
   * @param models asked here and not kept; each has a codebook of its own
   * @param topics whose values are read
   * @param serdes of the values
   */
  public ModelContents(
      List<Model> models, Pictures pictures, TopicNames topics, EventSerdes serdes) {
    this.topics = topics;
    this.serdes = serdes;
    this.made =
        models.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    model -> model.codebook().digest(),
                    model -> pictures.files().stream().map(file -> made(model, file)).toList()));
  }

  @Override
  public Said tokens(byte[] value, String imageId, int picture) {
    ImageTokens tokens = read(serdes.tokens(), topics.tokens(), value);
    return said(
        tokens.getCodebook().getDigest(),
        picture,
        due ->
            differs("image id", imageId, tokens.getImageId())
                + differs("codes", due.codes(), tokens.getCodes()));
  }

  @Override
  public Said caption(byte[] value, String imageId, int picture) {
    Caption caption = read(serdes.captions(), topics.captions(), value);
    return said(
        caption.getCodebookDigest(),
        picture,
        due ->
            differs("image id", imageId, caption.getImageId())
                + differs("text", due.caption(), caption.getText()));
  }

  @Override
  public Said reconstruction(byte[] value, String imageId, int picture) {
    Reconstruction image = read(serdes.reconstructions(), topics.reconstructions(), value);
    return said(
        image.getCodebookDigest(),
        picture,
        due ->
            differs("image id", imageId, image.getImageId())
                + (due.png().equals(image.getData()) ? "" : "another picture"));
  }

  @Override
  public Said answer(byte[] value, String questionId, String imageId, int picture, int text) {
    Answer answer = read(serdes.answers(), topics.answers(), value);
    String ids =
        differs("question id", questionId, answer.getQuestionId())
            + differs("image id", imageId, answer.getImageId());
    if (answer.getStatus() == AnswerStatus.UNKNOWN_IMAGE) {
      return new Said("", ids + differs("text", "", answer.getText()));
    }
    return said(
        Objects.requireNonNullElse(answer.getCodebookDigest(), "none"),
        picture,
        due -> ids + differs("text", due.answers().get(text), answer.getText()));
  }

  private Said said(String codebook, int picture, Function<Made, String> wrong) {
    List<Made> due = made.get(codebook);
    return new Said(
        codebook,
        due == null
            ? "no bundle has the codebook %s;".formatted(codebook)
            : wrong.apply(due.get(picture)));
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
