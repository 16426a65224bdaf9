package io.lgvq.training.experiment;

import java.util.Map;

/**
 * The figures of LG-VQ (arXiv 2405.14206), for comparison: other data, other networks, no seeds and
 * no intervals, so directions compare and sizes do not.
 */
final class PaperFigures {

  /** What all losses change, by measure: tables 1, 4, 9 and 11. */
  private static final Map<String, String> GAINS =
      Map.of(
          "PSNR", "VQ-GAN -0.35 to +0.29",
          "Frechet distance (MobileNetV2)", "VQ-GAN, FID: -6 to -26 %",
          "likeness of codes and words, MSE", "-94 %",
          "answers, weighted", "+3.15 (+8 %)",
          "captions, CIDEr-D", "+9.15 (+10 %)");

  private PaperFigures() {}

  /** What all losses change in the paper; a dash where it does not say. */
  static String gain(Measure measure) {
    return GAINS.getOrDefault(measure.title(), "-");
  }

  static String markdown() {
    return """
        ## The paper's own figures

        Other pictures (256 x 256), far larger networks, one training each and no intervals; directions can be
        compared, sizes cannot. FID is measured over Inception, our Frechet distance over MobileNetV2.

        Table 1, FID / PSNR without and with guidance:

        | | TextCaps | CelebA-HQ | CUB-200 | COCO |
        | --- | --- | --- | --- | --- |
        | VQ-VAE | 82.31 / 21.96 | 41.45 / 25.57 | 54.92 / 24.38 | 86.21 / 23.55 |
        | VQ-VAE, all | 81.93 / 21.95 | 40.53 / 25.04 | 36.55 / 25.60 | 79.54 / 23.40 |
        | VQ-GAN | 24.08 / 19.64 | 5.66 / 24.10 | 3.63 / 22.19 | 14.45 / 20.21 |
        | VQ-GAN, all | 20.35 / 19.92 | 5.34 / 23.75 | 3.08 / 22.47 | 10.72 / 20.50 |
        | CVQ | 16.35 / 20.24 | 5.19 / 23.15 | 3.61 / 22.29 | 9.94 / 20.48 |
        | CVQ, all | 15.51 / 20.21 | 4.90 / 24.48 | 3.33 / 22.47 | 9.69 / 20.71 |

        Table 2, FID of VQ-GAN on TextCaps / CUB-200: baseline 24.08 / 3.63, gsa 23.01 / 3.39, mtp 21.54 / 3.49,
        mtp+ras 20.77 / 3.32, mtp+gsa 20.46 / 3.34, all 20.35 / 3.08.

        | elsewhere | without | with |
        | --- | --- | --- |
        | table 4, likeness of codes and words, MSE on CUB-200 | 0.6374 | 0.0351 |
        | table 5, pictures painted from text, FID (VQ-GAN) | 15.29 | 12.61 |
        | table 5, the same (CVQ) | 13.23 | 12.33 |
        | figure 7, codes used, TextCaps | 18.62 % | 43.58 % |
        | figure 7, codes used, COCO | 40.09 % | 97.89 % |
        | table 9, COCO-QA accuracy (VQ-GAN) | 37.82 % | 40.97 % |
        | table 9, COCO-QA WUPS (VQ-GAN) | 83.22 | 83.56 |
        | table 10, pictures completed, FID | 9.02 | 8.14 |
        | table 11, CUB-200 captions, BLEU-4 (VQ-GAN) | 1.29 | 1.69 |
        | table 11, CUB-200 captions, ROUGE-L (VQ-GAN) | 33.40 | 34.73 |
        | table 11, CUB-200 captions, METEOR (VQ-GAN) | 24.47 | 25.78 |
        | table 11, CUB-200 captions, CIDEr-D (VQ-GAN) | 93.62 | 102.77 |

        Tables 5 and 10 have no figures of ours beside them: the trainings of this page have no heads that paint or
        complete.

        VQCT, another method, has accuracy 40.42 % and WUPS 82.06 in table 9. The table names no threshold; beside such
        accuracies WUPS of that size can only be that at 0.0. METEOR is not measured ([measures](measures.md) says why).

        Table 3, hidden words told with guidance (one / three hidden): CelebA-HQ 99.55 / 99.24 %, CUB-200
        83.65 / 80.17 %; the paper has no such figure without guidance, and none without the image.
        """;
  }
}
