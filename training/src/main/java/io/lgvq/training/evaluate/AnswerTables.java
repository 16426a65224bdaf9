package io.lgvq.training.evaluate;

import static io.lgvq.training.evaluate.ReportTable.NONE;
import static io.lgvq.training.evaluate.ReportTable.percent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a report says of answers, as Markdown. Stateless. */
final class AnswerTables {

  private static final String WEIGHTED = "weighted";

  private AnswerTables() {}

  /** Both tables; nothing if there are no answers. */
  static String of(Report report) {
    List<List<String>> right = new ArrayList<>();
    right.add(List.of("split", "type", "questions", "right", "majority", "question only"));
    List<List<String>> wups = new ArrayList<>();
    wups.add(
        List.of(
            "split",
            "type",
            "WUPS 0.9",
            "majority",
            "question only",
            "WUPS 0.0",
            "majority",
            "question only"));
    report
        .slices()
        .forEach(
            (split, slice) ->
                slice
                    .answers()
                    .ifPresent(
                        answers -> {
                          add(right, split, answers);
                          addWups(wups, split, answers);
                        }));
    return right.size() == 1
        ? ""
        : "\nQuestions answered rightly, in per cent. `weighted` weighs the types as COCO-QA does;"
            + " `majority` always gives the most frequent training answer of the type;"
            + " `question only` is the same head trained without seeing any image:\n\n"
            + ReportTable.table(right)
            + "\nThe same answers by how alike they are to the expected ones in WordNet (WUPS,"
            + " times 100); at 0.9 a likeness below that counts a tenth:\n\n"
            + ReportTable.table(wups);
  }

  private static void add(List<List<String>> rows, String split, Report.Answers answers) {
    for (Map.Entry<String, Report.Type> entry : answers.types().entrySet()) {
      Report.Type type = entry.getValue();
      rows.add(
          List.of(
              split,
              entry.getKey(),
              Integer.toString(type.questions()),
              percent(type.right()),
              percent(type.majority()),
              type.questionOnly().map(ReportTable::percent).orElse(NONE)));
    }
    rows.add(
        List.of(
            split,
            WEIGHTED,
            Integer.toString(
                answers.types().values().stream().mapToInt(Report.Type::questions).sum()),
            percent(answers.weighted()),
            percent(answers.majority()),
            answers.questionOnly().map(ReportTable::percent).orElse(NONE)));
  }

  private static void addWups(List<List<String>> rows, String split, Report.Answers answers) {
    answers
        .types()
        .forEach((name, type) -> rows.add(wups(split, name, type.wups90(), type.wups0())));
    rows.add(wups(split, WEIGHTED, answers.wups90(), answers.wups0()));
  }

  private static List<String> wups(
      String split, String type, Report.Wups strict, Report.Wups loose) {
    List<String> row = new ArrayList<>(List.of(split, type));
    for (Report.Wups wups : List.of(strict, loose)) {
      row.add(percent(wups.own()));
      row.add(percent(wups.majority()));
      row.add(wups.questionOnly().map(ReportTable::percent).orElse(NONE));
    }
    return row;
  }
}
