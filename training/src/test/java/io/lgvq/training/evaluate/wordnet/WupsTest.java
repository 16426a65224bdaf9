package io.lgvq.training.evaluate.wordnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WupsTest {

  private final WuPalmer words = new WuPalmer();

  @Test
  void dump() throws Exception {
    String[] w = {"dog","cat","car","wolf","apple","bus","banana","red","blue","two","three","left","right","above","desert","guitar","bicycles","house"};
    for (String a : w) for (String b : w) System.out.println("WUP " + a + " " + b + " " + words.of(a, b));
  }
}
