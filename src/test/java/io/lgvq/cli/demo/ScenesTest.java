package io.lgvq.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lgvq.cli.shell.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenesTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    for (String name : List.of("a.png", "b.jpg", "c.webp", "d.gif", "notes.txt")) {
      Files.writeString(folder.resolve(name), name);
    }
    Files.writeString(
        folder.resolve("samples.json"),
        """
        [{"file": "a.png", "questions": [{"question": "what is it?", "expected": "cat"}]},
         {"file": "b.jpg", "questions": []}]
        """);
  }

  @Test
  void shouldRepeatSamplesUnderIdsOfTheirOwnUpToTheCount() {
    List<Scene> scenes = Scenes.samples(folder, Optional.of(5));
    assertThat(scenes)
        .extracting(Scene::id)
        .containsExactly("a.png", "b.jpg", "a.png-2", "b.jpg-2", "a.png-3");
    assertThat(scenes)
        .flatExtracting(Scene::questions)
        .extracting(Scene.Asked::id)
        .containsExactly("a.png.q1", "a.png-2.q1", "a.png-3.q1");
    assertThat(scenes.get(2).questions().get(0).expected()).contains("cat");
    assertThat(scenes.get(1).mediaType()).isEqualTo("image/jpeg");
  }

  @Test
  void shouldSpreadFewerImagesOverTheWholeFolder() {
    assertThat(Scenes.folder(folder, List.of(), Optional.of(2)))
        .extracting(Scene::file)
        .containsExactly("a.png", "c.webp");
  }

  @Test
  void shouldAskTheUsersQuestionsOfEveryPictureWithoutKnowingTheAnswer() {
    List<Scene> scenes =
        Scenes.folder(folder, List.of("what is it?", "where is it?"), Optional.empty());
    assertThat(scenes).extracting(Scene::file).containsExactly("a.png", "b.jpg", "c.webp", "d.gif");
    assertThat(scenes)
        .allSatisfy(
            scene ->
                assertThat(scene.questions())
                    .hasSize(2)
                    .allSatisfy(asked -> assertThat(asked.expected()).isEmpty()));
  }

  @Test
  void shouldLeaveFoldersAloneThatAreNamedLikePictures() throws Exception {
    Files.createDirectory(folder.resolve("album.png"));
    assertThat(Scenes.folder(folder, List.of(), Optional.empty()))
        .extracting(Scene::file)
        .doesNotContain("album.png");
  }

  @Test
  void shouldShowScenesAndAPhotographInTheShortestDemos() {
    Path samples = Path.of(System.getProperty("lgvq.root"), "samples");
    assertThat(Scenes.samples(samples, Optional.of(3)))
        .extracting(Scene::file)
        .anyMatch(file -> file.startsWith("photo-"))
        .anyMatch(file -> file.startsWith("scene-"));
  }

  @Test
  void shouldSayWhichFolderHoldsNoPicture() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> Scenes.folder(empty, List.of(), Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(empty.toString());
  }
}
