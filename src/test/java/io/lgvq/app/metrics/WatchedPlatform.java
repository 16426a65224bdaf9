package io.lgvq.app.metrics;

import io.lgvq.app.PlatformResource;
import java.util.HashMap;
import java.util.Map;

/** The platform with the feed watched, in windows short enough for a test. */
public class WatchedPlatform extends PlatformResource {
  @Override
  public Map<String, String> start() {
    Map<String, String> properties = new HashMap<>(super.start());
    properties.put("lgvq.stages", "tokenize,drift");
    properties.put("lgvq.drift.window", "500ms");
    properties.put("lgvq.drift.least-images", "64");
    return properties;
  }
}
