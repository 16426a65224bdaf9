package io.lgvq.training.head;

import io.lgvq.training.corpus.Sample.QuestionAnswer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tokenized samples at rest, so that a training that goes on need not tokenize again. The file
 * appears whole or not at all, and one that was made of something else is not used.
 *
 * <p>Threading: one thread.
 */
final class TokenFile {

  private static final int FORMAT = 1;

  private final Path file;
  private final String origin;

  /**
   * @param origin all that decides the samples but their number, as text
   */
  TokenFile(Path file, String origin) {
    this.file = file;
    this.origin = origin;
  }

  /** The first samples, if the file is there, of this origin and has as many. */
  Optional<List<TokenizedSample>> read(int wanted) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (in.readInt() != FORMAT || !in.readUTF().equals(origin)) {
        return Optional.empty();
      }
      if (in.readInt() < wanted) {
        return Optional.empty();
      }
      Map<String, String> known = new HashMap<>();
      List<TokenizedSample> samples = new ArrayList<>(wanted);
      for (int left = wanted; left > 0; left--) {
        samples.add(sample(in, known));
      }
      return Optional.of(samples);
    }
  }

  /** Puts samples in the place of what the file held. */
  void write(List<TokenizedSample> samples) throws IOException {
    Path whole = file.resolveSibling(file.getFileName() + ".part");
    try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(whole)))) {
      out.writeInt(FORMAT);
      out.writeUTF(origin);
      out.writeInt(samples.size());
      for (TokenizedSample sample : samples) {
        write(out, sample);
      }
    }
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void write(DataOutputStream out, TokenizedSample sample) throws IOException {
    out.writeInt(sample.codes().length);
    for (int code : sample.codes()) {
      out.writeInt(code);
    }
    write(out, sample.captions());
    out.writeInt(sample.questions().size());
    for (QuestionAnswer question : sample.questions()) {
      out.writeUTF(question.question());
      out.writeUTF(question.answer());
      out.writeUTF(question.type());
    }
    write(out, sample.objects());
  }

  private static void write(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  private static TokenizedSample sample(DataInputStream in, Map<String, String> known)
      throws IOException {
    int[] codes = new int[in.readInt()];
    for (int place = 0; place < codes.length; place++) {
      codes[place] = in.readInt();
    }
    List<String> captions = texts(in, known);
    List<QuestionAnswer> questions = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      questions.add(new QuestionAnswer(text(in, known), text(in, known), text(in, known)));
    }
    return new TokenizedSample(codes, captions, List.copyOf(questions), texts(in, known));
  }

  private static List<String> texts(DataInputStream in, Map<String, String> known)
      throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.add(text(in, known));
    }
    return List.copyOf(texts);
  }

  /** Equal texts, of which there are many, are kept once. */
  private static String text(DataInputStream in, Map<String, String> known) throws IOException {
    String text = in.readUTF();
    return known.computeIfAbsent(text, same -> same);
  }
}
