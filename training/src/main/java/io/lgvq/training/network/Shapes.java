package io.lgvq.training.network;

import java.util.ArrayList;
import java.util.List;

/** How operations change shapes. A batch of -1 survives broadcasting with 1. */
public final class Shapes {

  private Shapes() {}

  /** Shape of an element-wise result, as numpy broadcasts. */
  public static List<Long> broadcast(List<Long> a, List<Long> b) {
    List<Long> longer = a.size() >= b.size() ? a : b;
    List<Long> shorter = a.size() >= b.size() ? b : a;
    List<Long> result = new ArrayList<>(longer);
    int offset = longer.size() - shorter.size();
    for (int i = 0; i < shorter.size(); i++) {
      long x = longer.get(offset + i);
      long y = shorter.get(i);
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException("shapes " + a + " and " + b + " do not broadcast");
      }
      result.set(offset + i, x == 1 ? y : x);
    }
    return List.copyOf(result);
  }

  /** Shape of the product of the last two dimensions. */
  public static List<Long> product(List<Long> a, List<Long> b) {
    int m = a.size() - 2;
    int k = b.size() - 2;
    if (!a.get(m + 1).equals(b.get(k))) {
      throw new IllegalArgumentException("shapes " + a + " and " + b + " do not multiply");
    }
    List<Long> result = new ArrayList<>(broadcast(a.subList(0, m), b.subList(0, k)));
    result.add(a.get(m));
    result.add(b.get(k + 1));
    return List.copyOf(result);
  }

  /** The shape with one length replaced. */
  public static List<Long> with(List<Long> shape, int axis, long length) {
    List<Long> result = new ArrayList<>(shape);
    result.set(axis, length);
    return List.copyOf(result);
  }

  /** The shape without one dimension. */
  public static List<Long> without(List<Long> shape, int axis) {
    List<Long> result = new ArrayList<>(shape);
    result.remove(axis);
    return List.copyOf(result);
  }

  /** The axis counted from the front; negative ones count from the back. */
  public static int axis(List<Long> shape, int axis) {
    return axis < 0 ? shape.size() + axis : axis;
  }
}
