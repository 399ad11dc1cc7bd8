#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What effect=freeze saves an encoder, and what it costs where things move.

    freeze.py CLIP [PROPERTY=VALUE ...]      (with the plugin on GST_PLUGIN_PATH)

Encodes CLIP, filmed by a camera that stands still, with x264enc (CRF 23, medium) as it is and after
`attentionfilter effect=freeze` with the properties given. Prints the bytes of both and the PSNR of both against the
original inside the boxes of what moves: connected areas, of at least 150 px, that differ from the median of the clip by
more than 30. Needs python3-opencv, gstreamer1.0-plugins-ugly and gstreamer1.0-libav.
"""
import os
import subprocess
import sys
import tempfile

import cv2
import numpy as np

LEAST_AREA = 150  # px
LEAST_CHANGE = 30  # of 255


def run(*line):
    subprocess.run(["gst-launch-1.0", "-q", *line], check=True)


def frames(path):
    clip = cv2.VideoCapture(path)
    while True:
        read, frame = clip.read()
        if not read:
            return
        yield cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)


def boxes(frame, background):
    changed = (cv2.absdiff(frame, background) > LEAST_CHANGE).astype(np.uint8)
    changed = cv2.dilate(changed, np.ones((9, 9), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(changed)
    return [s[:4] for s in stats[1:] if s[cv2.CC_STAT_AREA] >= LEAST_AREA]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    clip, properties = os.path.abspath(sys.argv[1]), sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        lossless, plain, frozen = (f"{folder}/{name}.mkv" for name in ("lossless", "plain", "frozen"))
        source = f"filesrc location={clip} ! decodebin ! videoconvert ! video/x-raw,format=I420 !".split(" ")
        encoder = ["x264enc", "pass=qual", "quantizer=23", "speed-preset=medium", "!", "matroskamux", "!", "filesink"]
        run(*source, "x264enc", "pass=quant", "quantizer=0", "!", "matroskamux", "!",
            "filesink", f"location={lossless}")
        run(*source, *encoder, f"location={plain}")
        run(*source, "attentionfilter", "effect=freeze", *properties, "!", *encoder, f"location={frozen}")

        originals = list(frames(lossless))
        background = np.median(np.array(originals[::max(len(originals) // 40, 1)]), 0).astype(np.uint8)
        errors, pixels = np.zeros(2), 0
        for original, *coded in zip(originals, frames(plain), frames(frozen)):
            for x, y, w, h in boxes(original, background):
                area = (slice(y, y + h), slice(x, x + w))
                errors += [((original[area].astype(float) - c[area]) ** 2).sum() for c in coded]
                pixels += w * h
        sizes = [os.path.getsize(path) for path in (plain, frozen)]
        psnr = 10 * np.log10(255 ** 2 * pixels / errors)
        print(f"bytes  {sizes[0]} plain, {sizes[1]} frozen: {100 * (1 - sizes[1] / sizes[0]):.1f} % fewer")
        lost = psnr[0] - psnr[1]
        print(f"PSNR inside the boxes  {psnr[0]:.2f} dB plain, {psnr[1]:.2f} dB frozen: {lost:.2f} dB lost")


if __name__ == "__main__":
    main()
