#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Prints live where people would look in a video: attention.py [--frames N] FILE | SOURCE

SOURCE is what one would write in front of attentionfilter on a gst-launch-1.0 line, such as 'v4l2src'. Lines that begin
with `frame` are read from the metadata of buffers, those that begin with `bus` from messages. Needs python3-gi and
GStreamer's typelibs, no more.
"""
import argparse
import os
import signal
import sys
import warnings

try:
    import gi
except ImportError:
    sys.exit(f'{sys.executable} has no module gi; install the package python3-gi and '
             f'run /usr/bin/python3 {sys.argv[0]}')

gi.require_version('Gst', '1.0')
gi.require_version('GstVideo', '1.0')
from gi.repository import GLib, Gst, GstVideo  # noqa: E402

# PyGObject reads arrays in structures as GValueArray only, which GLib calls deprecated.
warnings.filterwarnings('ignore', category=DeprecationWarning, message='.*ValueArray.*')


def structures(structure, field):
    """The structures in an array field."""
    found, array = structure.get_array(field)
    # They go with the array, so each is copied.
    return [array.get_nth(i).copy() for i in range(array.n_values)] if found else []


def clock(time):
    """Nanoseconds as seconds; '-' where there is no time."""
    return '-' if time == Gst.CLOCK_TIME_NONE else f'{time / Gst.SECOND:.3f}'


def say(*words):
    # Both threads print; a line at once stays whole.
    sys.stdout.write(' '.join(words) + '\n')
    sys.stdout.flush()


def read_buffer(pad, info):
    """What the metadata of a buffer holds.

    GstAttentionMeta has all but the pixels, which the regions of interest have.
    """
    buffer = info.get_buffer()
    meta = buffer.get_custom_meta('GstAttentionMeta')
    if meta is None:
        return Gst.PadProbeReturn.OK
    seen = meta.get_structure()
    time = clock(seen.get_value('stream-time'))
    say('frame', time, f"peak {seen.get_value('peak-x'):.3f} {seen.get_value('peak-y'):.3f}")
    for region in structures(seen, 'regions'):
        number = region.get_value('id')
        box = GstVideo.buffer_get_video_region_of_interest_meta_id(buffer, number)
        say('frame', time, f'region {number} at {box.x},{box.y} {box.w}x{box.h}',
            f"weight {region.get_value('weight'):.3f} share {region.get_value('share'):.3f}")
    return Gst.PadProbeReturn.OK


def read_message(message):
    """What an element message says."""
    said = message.get_structure()
    time = clock(said.get_value('stream-time'))
    if said.get_name() == 'attention-scene-cut':
        say('bus', time, f"scene cut {said.get_value('change'):.3f}")
    elif said.get_name() == 'attentionfilter':
        say('bus', time, f"peak {said.get_value('peak-x'):.3f} {said.get_value('peak-y'):.3f}",
            f"coverage {said.get_value('coverage'):.3f}")
        for region in structures(said, 'regions') + structures(said, 'ended'):
            number = {name: region.get_value(name) for name in ('id', 'x', 'y', 'width', 'height', 'duration')}
            say('bus', time, region.get_value('event'), 'region {id} at {x},{y} {width}x{height}'.format(**number),
                f"seen for {clock(number['duration'])}")


def end_after(frames):
    """A probe that lets so many buffers pass and then ends the stream."""
    passed = 0

    def probe(pad, info):
        nonlocal passed
        passed += 1
        if passed <= frames:
            return Gst.PadProbeReturn.OK
        pad.push_event(Gst.Event.new_eos())
        return Gst.PadProbeReturn.DROP
    return probe


def play(source, frames):
    """The exit status."""
    try:
        pipeline = Gst.parse_launch(f'{source} ! videoconvert name=begin ! attentionfilter effect=none '
                                    '! fakesink name=end sync=true')
    except GLib.Error as error:
        print(error.message, file=sys.stderr)
        return 1
    if frames is not None:
        pipeline.get_by_name('begin').get_static_pad('src').add_probe(Gst.PadProbeType.BUFFER, end_after(frames))
    pipeline.get_by_name('end').get_static_pad('sink').add_probe(Gst.PadProbeType.BUFFER, read_buffer)
    bus = pipeline.get_bus()
    pipeline.set_state(Gst.State.PLAYING)
    try:
        while True:
            message = bus.timed_pop_filtered(
                Gst.CLOCK_TIME_NONE, Gst.MessageType.ELEMENT | Gst.MessageType.EOS | Gst.MessageType.ERROR)
            if message.type == Gst.MessageType.ELEMENT:
                read_message(message)
            elif message.type == Gst.MessageType.ERROR:
                print(message.parse_error()[0].message, file=sys.stderr)
                return 1
            else:
                return 0
    finally:
        pipeline.set_state(Gst.State.NULL)


def main():
    parser = argparse.ArgumentParser(description='Prints live where people would look in a video.')
    parser.add_argument('--frames', type=int, metavar='N', help='end after so many frames')
    parser.add_argument('source', metavar='FILE|SOURCE',
                        help="a video file, or a source as on a gst-launch-1.0 line: 'v4l2src'")
    arguments = parser.parse_args()
    # Waiting for GStreamer, Python would not see them.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    Gst.init(None)
    source = arguments.source
    if os.path.exists(source):
        source = f'uridecodebin uri="{Gst.filename_to_uri(os.path.abspath(source))}"'
    return play(source, arguments.frames)


if __name__ == '__main__':
    sys.exit(main())
