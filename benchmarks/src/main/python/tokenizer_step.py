"""The plain tokenizer's training step in PyTorch alone, for ./lgvq bench train.

Reads one line of JSON on standard input, the tokenizer part of a preset, and answers with its parameter
count; then each line is a number of steps, answered with the seconds that they took. The network, losses,
quantizer and optimizer are those of the training module, written as one would write them in PyTorch.
"""

import json
import math
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn


def norm(channels):
    return nn.GroupNorm(max(1, min(32, channels // 4)), channels)


class Block(nn.Module):
    def __init__(self, before, channels):
        super().__init__()
        self.norm1 = norm(before)
        self.conv1 = nn.Conv2d(before, channels, 3, padding=1)
        self.norm2 = norm(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.shortcut = nn.Identity() if before == channels else nn.Conv2d(before, channels, 1)

    def forward(self, x):
        y = self.conv1(F.silu(self.norm1(x)))
        return self.shortcut(x) + self.conv2(F.silu(self.norm2(y)))


class Attention(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = norm(channels)
        self.query = nn.Linear(channels, channels)
        self.key = nn.Linear(channels, channels)
        self.value = nn.Linear(channels, channels)
        self.out = nn.Linear(channels, channels)

    def forward(self, x):
        places = self.norm(x).flatten(2).transpose(1, 2)
        scores = self.query(places) @ self.key(places).transpose(1, 2) / math.sqrt(x.shape[1])
        mixed = self.out(scores.softmax(-1) @ self.value(places))
        return x + mixed.transpose(1, 2).reshape(x.shape)


def stage(before, channels, blocks, attention):
    layers = []
    for i in range(blocks):
        layers.append(Block(before if i == 0 else channels, channels))
        if attention:
            layers.append(Attention(channels))
    return layers


def encoder(shape):
    stem, levels = shape["stem"], shape["levels"]
    channels = levels[0]["channels"]
    layers = [nn.Conv2d(3, channels, stem["kernel"], stem["stride"], stem["padding"])]
    for i, level in enumerate(levels):
        layers += stage(channels, level["channels"], level["blocks"], level["attention"])
        channels = level["channels"]
        if i + 1 < len(levels):
            layers.append(nn.Conv2d(channels, channels, 3, 2, 1))
    return nn.Sequential(*layers, norm(channels), nn.SiLU(), nn.Conv2d(channels, shape["dimension"], 1))


def decoder(shape):
    levels, factor = shape["levels"], shape["stem"]["stride"]
    channels = levels[-1]["channels"]
    layers = [nn.Conv2d(shape["dimension"], channels, 3, padding=1)]
    for i in reversed(range(len(levels))):
        layers += stage(channels, levels[i]["channels"], shape["decoderBlocks"], levels[i]["attention"])
        channels = levels[i]["channels"]
        if i > 0:
            layers += [nn.Conv2d(channels, 4 * channels, 3, padding=1), nn.PixelShuffle(2)]
    out = nn.Conv2d(channels, 3 * factor * factor, 3, padding=1)
    return nn.Sequential(*layers, norm(channels), nn.SiLU(), out, nn.PixelShuffle(factor))


class Codebook:
    """Moving averages of the features assigned to each code; dead codes start again on features."""

    def __init__(self, settings, codes, dimension):
        self.settings = settings
        self.codes = codes
        self.vectors = torch.randn(codes, dimension) * 0.02
        self.counts = torch.zeros(codes)
        self.sums = torch.zeros(codes, dimension)

    def begin(self, rows):
        self.place(torch.arange(self.codes), rows[torch.randperm(len(rows))[: self.codes]], len(rows) / self.codes)
        self.vectors = self.sums / self.counts.unsqueeze(1)

    def place(self, dead, rows, mean):
        self.counts[dead] = 0.1 * mean
        self.sums[dead] = 0.1 * mean * rows

    def nearest(self, rows):
        return (rows @ self.vectors.t() - 0.5 * self.vectors.square().sum(1)).argmax(1)

    def follow(self, step, rows, assigned):
        decay = self.settings["decay"]
        used = torch.bincount(assigned, minlength=self.codes).float()
        self.counts.mul_(decay).add_(used, alpha=1 - decay)
        self.sums.mul_(decay).index_add_(0, assigned, rows, alpha=1 - decay)
        if step > 0 and step % self.settings["restartEvery"] == 0:
            mean = self.counts.mean()
            dead = (self.counts < self.settings["deadShare"] * mean).nonzero().flatten()
            self.place(dead, rows[torch.randint(len(rows), (len(dead),))], mean)
        self.vectors = self.sums / self.counts.clamp_min(1e-38).unsqueeze(1)
        frequencies = used / len(rows)
        return torch.exp(torch.special.entr(frequencies).sum()).item()


class Trainer:
    def __init__(self, settings):
        self.settings = settings
        shape, optimizer = settings["shape"], settings["optimizer"]
        torch.manual_seed(1)
        self.encoder = encoder(shape)
        self.decoder = decoder(shape)
        self.codebook = Codebook(settings["quantizer"], shape["codes"], shape["dimension"])
        self.parameters = [*self.encoder.parameters(), *self.decoder.parameters()]
        groups = [
            {"params": [p for p in self.parameters if p.dim() > 1], "weight_decay": optimizer["weightDecay"]},
            {"params": [p for p in self.parameters if p.dim() == 1], "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.AdamW(groups, betas=(optimizer["beta1"], optimizer["beta2"]), eps=1e-8)
        side = shape["imageSize"]
        self.batches = torch.rand(4, settings["batch"], 3, side, side) * 2 - 1
        self.step = 0

    def count(self):
        return sum(p.numel() for p in self.parameters) + self.codebook.vectors.numel()

    def rate(self):
        given = self.settings["schedule"]
        if self.step < given["warmUp"]:
            return given["peak"] * (self.step + 1) / given["warmUp"]
        progress = min(1, (self.step - given["warmUp"]) / max(1, given["steps"] - given["warmUp"]))
        return given["peak"] * (given["floor"] + (1 - given["floor"]) * 0.5 * (1 + math.cos(math.pi * progress)))

    def learn(self):
        settings = self.settings
        pixels = self.batches[self.step % len(self.batches)].clone()
        features = self.encoder(pixels)
        rows = features.permute(0, 2, 3, 1).reshape(-1, features.shape[1])
        with torch.no_grad():
            if self.step == 0:
                self.codebook.begin(rows)
            assigned = self.codebook.nearest(rows)
            codes = self.codebook.vectors[assigned]
            codes = codes.view(features.shape[0], *features.shape[2:], -1).permute(0, 3, 1, 2)
        commitment = F.mse_loss(features, codes)
        made = self.decoder(features + (codes - features).detach())
        absolute, squared = F.l1_loss(made, pixels), F.mse_loss(made, pixels)
        reconstruction = settings["absolute"] * absolute + settings["squared"] * squared
        self.optimizer.zero_grad(set_to_none=True)
        (reconstruction + settings["quantizer"]["commitment"] * commitment).backward()
        gradient = nn.utils.clip_grad_norm_(self.parameters, settings["optimizer"]["clip"])
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        self.optimizer.step()
        perplexity = self.codebook.follow(self.step, rows.detach(), assigned)
        self.step += 1
        return reconstruction.item(), squared.item(), commitment.item(), gradient.item(), perplexity


def main():
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    trainer = Trainer(json.loads(sys.stdin.readline()))
    print(json.dumps({"parameters": trainer.count(), "version": torch.__version__}), flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        for _ in range(int(line)):
            losses = trainer.learn()
        print(json.dumps({"seconds": time.perf_counter() - began, "reconstruction": losses[0]}), flush=True)


if __name__ == "__main__":
    main()
