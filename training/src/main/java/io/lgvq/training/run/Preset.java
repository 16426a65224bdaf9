package io.lgvq.training.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.lgvq.operators.bundle.Sha256;
import io.lgvq.training.adversary.AdversarySettings;
import io.lgvq.training.complete.CompleteSettings;
import io.lgvq.training.guidance.GuidanceSettings;
import io.lgvq.training.guidance.GuidanceSettings.Part;
import io.lgvq.training.head.HeadSettings;
import io.lgvq.training.paint.PaintSettings;
import io.lgvq.training.probe.ProbeSettings;
import io.lgvq.training.release.Head;
import io.lgvq.training.release.HeadPlan;
import io.lgvq.training.tokenizer.TokenizerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One configuration of a whole training, read from YAML. Every key must be known and every figure
 * there, so that a misspelt one does not pass in silence.
 *
 * @param name goes into the bundle
 * @param backbone what kind of tokenizer is trained
 * @param tokenizer how the tokenizer is built and trained
 * @param adversary what makes a VQ-GAN of it; absent where no such backbone is meant to be chosen
 * @param guidance the language part; absent for a plain tokenizer
 * @param heads how the text heads are built and trained, and what all heads read; absent where
 *     there are to be none
 * @param paint how the paint head is built and trained; absent where there is to be none
 * @param complete how the complete head is built and trained; absent where there is to be none
 * @param probe how the language graphs are built and trained; absent where there are to be none
 */
public record Preset(
    String name,
    Backbone backbone,
    TokenizerSettings tokenizer,
    Optional<AdversarySettings> adversary,
    Optional<GuidanceSettings> guidance,
    Optional<HeadSettings> heads,
    Optional<PaintSettings> paint,
    Optional<CompleteSettings> complete,
    Optional<ProbeSettings> probe) {

  private static final Set<String> PARTS =
      Set.of(
          "name",
          "backbone",
          "tokenizer",
          "adversary",
          "guidance",
          "heads",
          "paint",
          "complete",
          "probe");

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  /**
   * Reads a preset that ships, by its name, or one's own, by its path.
   *
   * @throws IOException if there is none, or it is not complete
   */
  public static Preset of(String nameOrPath) throws IOException {
    Path file = Path.of(nameOrPath);
    if (Files.exists(file)) {
      return read(Files.readString(file));
    }
    try (InputStream in = Preset.class.getResourceAsStream("/presets/" + nameOrPath + ".yaml")) {
      if (in == null) {
        throw new IOException("there is neither a preset nor a file named " + nameOrPath);
      }
      return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Reads YAML. */
  public static Preset read(String yaml) throws JsonProcessingException {
    JsonNode root = YAML.readTree(yaml);
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!PARTS.contains(key)) {
                throw new IllegalArgumentException("a preset has no part named " + key);
              }
            });
    return new Preset(
            root.path("name").asText(),
            Backbone.named(root.path("backbone").asText(Backbone.VQ_VAE.title())),
            YAML.treeToValue(root.path("tokenizer"), TokenizerSettings.class),
            part(root.get("adversary"), AdversarySettings.class),
            part(root.get("guidance"), GuidanceSettings.class),
            part(root.get("heads"), HeadSettings.class),
            part(root.get("paint"), PaintSettings.class),
            part(root.get("complete"), CompleteSettings.class),
            part(root.get("probe"), ProbeSettings.class))
        .checked();
  }

  private Preset checked() {
    if (heads.isEmpty() && (paint.isPresent() || complete.isPresent() || probe.isPresent())) {
      throw new IllegalArgumentException(
          "the preset %s has no part 'heads', whose images and words the parts 'paint', 'complete'"
                  .formatted(name)
              + " and 'probe' share");
    }
    return with(backbone);
  }

  /** Of all settings, not of how they are written: 12 hexadecimal digits. */
  public String digest() {
    return Sha256.of(toString().getBytes(StandardCharsets.UTF_8)).substring(0, 12);
  }

  private static <T> Optional<T> part(JsonNode node, Class<T> type) throws JsonProcessingException {
    return node == null ? Optional.empty() : Optional.of(YAML.treeToValue(node, type));
  }

  /** The same with some losses of its guidance alone; without guidance if none is named. */
  public Preset guidedBy(Set<Part> parts) {
    return parts.isEmpty()
        ? plain()
        : new Preset(
            name,
            backbone,
            tokenizer,
            adversary,
            guidance.map(settings -> settings.only(parts)),
            heads,
            paint,
            complete,
            probe);
  }

  /** The same without language guidance, for comparison. */
  public Preset plain() {
    return new Preset(
        name, backbone, tokenizer, adversary, Optional.empty(), heads, paint, complete, probe);
  }

  /**
   * The same with another backbone.
   *
   * @throws IllegalArgumentException if that one needs an adversary and the preset has none
   */
  public Preset with(Backbone chosen) {
    if (chosen.adversarial() && adversary.isEmpty()) {
      throw new IllegalArgumentException(
          "the preset %s has no part 'adversary', which %s needs".formatted(name, chosen.title()));
    }
    return new Preset(
        name, chosen, chosen.shaped(tokenizer), adversary, guidance, heads, paint, complete, probe);
  }

  /** All heads that it says how to train; empty if it says so of none. */
  public Optional<HeadPlan> plan() {
    return heads.map(settings -> new HeadPlan(settings, true, paint, complete, probe));
  }

  /**
   * Some of its heads alone.
   *
   * @param chosen one at least
   * @throws IllegalArgumentException if it does not say how to train one of them
   */
  public HeadPlan plan(Set<Head> chosen) {
    Set<Head> known = EnumSet.noneOf(Head.class);
    heads.ifPresent(part -> known.add(Head.TEXT));
    paint.ifPresent(part -> known.add(Head.PAINT));
    complete.ifPresent(part -> known.add(Head.COMPLETE));
    probe.ifPresent(part -> known.add(Head.PROBE));
    for (Head head : chosen) {
      if (!known.contains(head)) {
        throw new IllegalArgumentException(
            "the preset %s has no part '%s'"
                .formatted(
                    name, head == Head.TEXT ? "heads" : head.name().toLowerCase(Locale.ROOT)));
      }
    }
    return new HeadPlan(
        heads.orElseThrow(),
        chosen.contains(Head.TEXT),
        paint.filter(part -> chosen.contains(Head.PAINT)),
        complete.filter(part -> chosen.contains(Head.COMPLETE)),
        probe.filter(part -> chosen.contains(Head.PROBE)));
  }
}
