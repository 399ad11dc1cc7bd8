#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""How much contrast a thumbnail keeps where people look.

    pooling.py PICTURE ... [PROPERTY=VALUE ...]      (with the plugin on GST_PLUGIN_PATH)

Prints the standard deviation of luma inside the first region of interest as a percentage of that of the picture
itself: in a thumbnail of videoscale, in one of plain means (pooled with strength=0), and in one pooled with
strength=1 and the properties given. A thumbnail is spread over the picture again by nearest neighbour. As it matters
how the pixels of a thumbnail happen to lie, each figure is the mean of five sizes: of so many columns, and of 2 and 4
fewer and more. Needs gstreamer1.0-libav.
"""
import os
import re
import statistics
import subprocess
import sys
import tempfile

WIDTHS = 16, 24, 32, 48, 96  # px


def launch(picture, elements, *flags):
    rest = f"! decodebin ! videoconvert ! video/x-raw,format=RGB ! {elements}"
    line = ["filesrc", f"location={picture}", *rest.split()]
    return subprocess.run(["gst-launch-1.0", *flags, *line], check=True, stdout=subprocess.PIPE, text=True).stdout


def luma(picture, elements):
    """The width, height and rows of a picture as the elements make it."""
    with tempfile.NamedTemporaryFile(suffix=".pgm") as file:
        grey = "videoconvert ! video/x-raw,format=GRAY8 ! avenc_pgm"
        launch(picture, f"{elements} ! {grey} ! filesink location={file.name}", "-q")
        _, size, _, data = file.read().split(b"\n", 3)
    width, height = map(int, size.split())
    return width, height, [data[y * width:(y + 1) * width] for y in range(height)]


def first_region(picture):
    said = launch(picture, "attentionfilter effect=none ! fakesink", "-m").replace("\\", "")
    return [int(re.search(rf" {field}=\(uint\)(\d+)", said).group(1)) for field in ("x", "y", "width", "height")]


def contrast(box, size, thumbnail):
    """The standard deviation inside a box of a picture of some size that shows the thumbnail."""
    left, top, width, height = box
    columns, rows, values = thumbnail
    return statistics.pstdev(values[y * rows // size[1]][x * columns // size[0]]
                             for y in range(top, top + height) for x in range(left, left + width))


def main():
    pictures = [os.path.abspath(a) for a in sys.argv[1:] if "=" not in a]
    properties = " ".join(a for a in sys.argv[1:] if "=" in a)
    if not pictures:
        sys.exit(__doc__)
    print("picture        columns  videoscale  plain  pooled")
    for picture in pictures:
        whole, box = luma(picture, "identity"), first_region(picture)
        size = whole[:2]
        for width in WIDTHS:
            kept = []
            for columns in range(width - 4, width + 5, 2):
                rows = round(columns * size[1] / size[0])
                caps = f"video/x-raw,width={columns},height={rows}"
                pool = f"attentionfilter region-columns={columns} region-rows={rows}"
                makers = (f"videoscale method=lanczos add-borders=false ! {caps}", f"{pool} strength=0 ! {caps}",
                          f"{pool} strength=1 {properties} ! {caps}")
                kept.append([contrast(box, size, luma(picture, m)) / contrast(box, size, whole) for m in makers])
            means = [statistics.mean(k) for k in zip(*kept)]
            print(f"{os.path.basename(picture):13}  {width:7}" + "{:11.1%} {:7.1%} {:7.1%}".format(*means))


if __name__ == "__main__":
    main()
