package io.lgvq.topology.plan;

import static io.lgvq.topology.rig.StageDriver.SERDES;
import static io.lgvq.topology.rig.StageDriver.SETTINGS;
import static io.lgvq.topology.rig.StageDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.lgvq.operators.rollout.Rollout;
import io.lgvq.topology.claimcheck.ClaimCheck;
import io.lgvq.topology.claimcheck.ClaimCheckSettings;
import io.lgvq.topology.config.AnswerSettings;
import io.lgvq.topology.config.DriftSettings;
import io.lgvq.topology.observe.StageListener;
import io.lgvq.topology.rig.GreyDecoder;
import io.lgvq.topology.rig.OrdinaryCodes;
import io.lgvq.topology.rig.SmallModel;
import io.lgvq.topology.rig.SmallModel.PureAnswerer;
import io.lgvq.topology.rig.SmallModel.PureCaptioner;
import io.lgvq.topology.rig.SmallModel.PureReconstructor;
import io.lgvq.topology.rig.SmallModel.PureTokenizer;
import io.lgvq.topology.stage.AnswerStage;
import io.lgvq.topology.stage.CaptionStage;
import io.lgvq.topology.stage.DriftStage;
import io.lgvq.topology.stage.ReconstructStage;
import io.lgvq.topology.stage.Stage;
import io.lgvq.topology.stage.TokenizeStage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedStageTest {

  @Test
  void shouldStandBetweenTheTopicsOfTheRealStages() {
    StageListener none = StageListener.none();
    List<Stage> real =
        List.of(
            new TokenizeStage(
                SETTINGS,
                SERDES,
                none,
                new ClaimCheck(ClaimCheckSettings.off()),
                new GreyDecoder(),
                new PureTokenizer()),
            new CaptionStage(SETTINGS, SERDES, none, new PureCaptioner()),
            new AnswerStage(
                SETTINGS,
                AnswerSettings.standard(),
                SERDES,
                none,
                new PureAnswerer(SmallModel.CODEBOOK)),
            new ReconstructStage(SETTINGS, SERDES, none, new PureReconstructor()),
            new DriftStage(
                SETTINGS,
                DriftSettings.standard(),
                SERDES,
                none,
                Rollout.watching(
                    SmallModel.CODEBOOK, new OrdinaryCodes().reference(SmallModel.CODEBOOK))));

    assertThat(PlannedStage.all(TOPICS))
        .isEqualTo(
            real.stream()
                .map(stage -> new PlannedStage(stage.name(), stage.inputs(), stage.outputs()))
                .toList());
  }
}
