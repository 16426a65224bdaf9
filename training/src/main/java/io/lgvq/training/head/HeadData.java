package io.lgvq.training.head;

import io.lgvq.operators.text.Vocabulary;
import io.lgvq.training.corpus.Sample.QuestionAnswer;
import io.lgvq.training.head.HeadBatch.Captions;
import io.lgvq.training.head.HeadBatch.Questions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Tokenized samples with their texts as word ids, ready to be drawn from. A caption still teaches
 * the words that the vocabulary knows; a question teaches nothing if its answer is not known.
 * Immutable.
 */
public final class HeadData {

  private record Asked(int[] words, int answer, String type) {}

  private record Item(int[] codes, List<int[]> captions, int[] mentioned, List<Asked> questions) {}

  private static final int[] NO_CAPTION = new int[0];
  private static final Asked NOTHING = new Asked(new int[0], HeadBatch.NONE, "");

  private final List<Item> items = new ArrayList<>();
  private final int captionLength;
  private final int mostQuestions;
  private final int mostCaptions;

  /**
   * @param captionLength T, {@code <begin>} included: longer captions are cut
   * @param questionLength Q: longer questions are cut
   */
  public HeadData(
      List<TokenizedSample> samples,
      Vocabulary vocabulary,
      List<String> answers,
      int captionLength,
      int questionLength) {
    this.captionLength = captionLength;
    Map<String, Integer> answerIds = new HashMap<>();
    answers.forEach(answer -> answerIds.put(answer, answerIds.size()));
    for (TokenizedSample sample : samples) {
      List<Asked> questions = new ArrayList<>();
      for (QuestionAnswer question : sample.questions()) {
        Integer answer = answerIds.get(question.answer());
        if (answer != null) {
          int[] words = ids(vocabulary, question.question(), questionLength);
          questions.add(new Asked(words, answer, question.type()));
        }
      }
      List<int[]> captions =
          fullest(sample.captions()).map(text -> ids(vocabulary, text, captionLength)).toList();
      items.add(new Item(sample.codes(), captions, mentioned(captions), List.copyOf(questions)));
    }
    mostQuestions = items.stream().mapToInt(item -> item.questions().size()).max().orElse(0);
    mostCaptions = items.stream().mapToInt(item -> item.captions().size()).max().orElse(0);
  }

  /**
   * The longer half of an image's captions: who learns from short ones too stops early, for the
   * shorter sentence is the likelier one.
   */
  private static Stream<String> fullest(List<String> captions) {
    return captions.stream()
        .sorted(Comparator.comparingInt((String text) -> Vocabulary.split(text).size()).reversed())
        .limit((captions.size() + 1) / 2);
  }

  /** The words that captions hold and the vocabulary knows, each once. */
  private static int[] mentioned(List<int[]> captions) {
    return captions.stream()
        .flatMapToInt(Arrays::stream)
        .filter(word -> word >= Vocabulary.SPECIAL.size())
        .distinct()
        .toArray();
  }

  /** Number of images. */
  public int size() {
    return items.size();
  }

  /** Captions that are learnt from, of the image that has most. */
  public int mostCaptions() {
    return mostCaptions;
  }

  /** Questions of the image that has most. */
  public int mostQuestions() {
    return mostQuestions;
  }

  /**
   * The share of images whose captions mention each word.
   *
   * @param words of the vocabulary
   */
  float[] mentions(int words) {
    float[] shares = new float[words];
    for (Item item : items) {
      for (int word : item.mentioned()) {
        shares[word] += 1f / items.size();
      }
    }
    return shares;
  }

  /**
   * How often each word comes next in the captions, their ends included; one is added to each.
   *
   * @param words of the vocabulary
   */
  long[] spoken(int words) {
    long[] times = new long[words];
    Arrays.fill(times, 1);
    for (Item item : items) {
      for (int[] caption : item.captions()) {
        Arrays.stream(caption)
            .filter(word -> word != Vocabulary.UNKNOWN)
            .forEach(word -> times[word]++);
        times[Vocabulary.END]++;
      }
    }
    return times;
  }

  /**
   * How often each answer is the right one; one is added to each.
   *
   * @param answers that there are
   */
  long[] answered(int answers) {
    long[] times = new long[answers];
    Arrays.fill(times, 1);
    items.forEach(item -> item.questions().forEach(asked -> times[asked.answer()]++));
    return times;
  }

  /**
   * Draws a batch: of each image some captions and some questions, at random.
   *
   * @param images indices of the images
   * @param captionsEach captions an image; one that has fewer leaves the rest empty
   * @param questionsEach questions an image; one that has fewer leaves the rest empty
   */
  public HeadBatch draw(int[] images, int captionsEach, int questionsEach, RandomGenerator random) {
    int places = items.get(images[0]).codes().length;
    int[] codes = new int[images.length * places];
    int[][] mentioned = new int[images.length][];
    List<int[]> captions = new ArrayList<>();
    List<Asked> asked = new ArrayList<>();
    for (int i = 0; i < images.length; i++) {
      Item item = items.get(images[i]);
      System.arraycopy(item.codes(), 0, codes, i * places, places);
      mentioned[i] = item.mentioned();
      captions.addAll(some(item.captions(), captionsEach, NO_CAPTION, random));
      asked.addAll(some(item.questions(), questionsEach, NOTHING, random));
    }
    return new HeadBatch(
        images.length,
        codes,
        captionsEach,
        captions(captions),
        mentioned,
        questionsEach,
        questions(asked));
  }

  /** Neighbours from a random place on, round the end; {@code none} where there are too few. */
  private static <E> List<E> some(List<E> all, int wanted, E none, RandomGenerator random) {
    int count = all.size();
    int first = count == 0 ? 0 : random.nextInt(count);
    List<E> chosen = new ArrayList<>(wanted);
    for (int i = 0; i < wanted; i++) {
      chosen.add(i < count ? all.get((first + i) % count) : none);
    }
    return chosen;
  }

  private Captions captions(List<int[]> texts) {
    int length = Math.min(captionLength, 1 + longest(texts));
    int[] words = new int[texts.size() * length];
    int[] next = new int[texts.size() * length];
    Arrays.fill(next, HeadBatch.NONE);
    for (int i = 0; i < texts.size(); i++) {
      int[] text = texts.get(i);
      int start = i * length;
      words[start] = Vocabulary.BEGIN;
      System.arraycopy(text, 0, words, start + 1, Math.min(text.length, length - 1));
      for (int place = 0; place < Math.min(text.length, length); place++) {
        next[start + place] = text[place] == Vocabulary.UNKNOWN ? HeadBatch.NONE : text[place];
      }
      if (text.length > 0 && text.length < length) {
        next[start + text.length] = Vocabulary.END;
      }
    }
    return new Captions(length, words, next);
  }

  private static Questions questions(List<Asked> asked) {
    int length = Math.max(1, longest(asked.stream().map(Asked::words).toList()));
    int[] words = new int[asked.size() * length];
    for (int i = 0; i < asked.size(); i++) {
      int[] text = asked.get(i).words();
      System.arraycopy(text, 0, words, i * length, text.length);
    }
    return new Questions(
        length,
        words,
        asked.stream().mapToInt(Asked::answer).toArray(),
        asked.stream().map(Asked::type).toArray(String[]::new));
  }

  private static int longest(List<int[]> texts) {
    return texts.stream().mapToInt(text -> text.length).max().orElse(0);
  }

  private static int[] ids(Vocabulary vocabulary, String text, int most) {
    return vocabulary.encode(text, Math.min(most, Vocabulary.split(text).size()));
  }
}
