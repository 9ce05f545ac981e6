#!/usr/bin/python3
"""An RTSP camera for tests: serves a looped clip or a test picture on the loopback interface.

Prints the port on a line of its own when it is ready, and serves until it is killed. Needs Debian's
gir1.2-gst-rtsp-server-1.0, python3-gi, gstreamer1.0-plugins-{base,good,bad,ugly}, gstreamer1.0-libav and,
for TLS, glib-networking.
"""
import argparse
import threading
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstApp", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstApp, GstRtsp, GstRtspServer  # noqa: E402

ENCODERS = {
    "h264": "x264enc tune=zerolatency speed-preset=ultrafast bitrate=4000 key-int-max={fps}"
    " ! video/x-h264,profile=baseline ! rtph264pay name=pay0 pt=96 config-interval=1",
    "jpeg": "jpegenc quality=90 ! rtpjpegpay name=pay0 pt=26",
}


class Loop:
    """Decodes a clip over and over and pushes its pictures, each when it is due, into one media's source."""

    def __init__(self, path, source, fps):
        self.path = path
        self.source = source
        self.fps = fps
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        due = time.monotonic()
        described = False
        flowing = True
        while flowing:
            decoder = Gst.parse_launch(
                "filesrc name=file ! decodebin ! videoconvert ! videorate"
                " ! video/x-raw,format=I420,framerate={}/1"
                " ! appsink name=out sync=false max-buffers=2".format(self.fps)
            )
            decoder.get_by_name("file").set_property("location", self.path)
            out = decoder.get_by_name("out")
            decoder.set_state(Gst.State.PLAYING)
            sample = out.pull_sample()
            while sample and flowing:
                if not described:
                    self.source.set_caps(sample.get_caps())
                    described = True
                # A copy of the description, sharing the pixels: the decoder may still hold the buffer.
                buffer = sample.get_buffer().copy()
                buffer.pts = buffer.dts = Gst.CLOCK_TIME_NONE
                time.sleep(max(0.0, due - time.monotonic()))
                due += 1 / self.fps
                flowing = self.source.push_buffer(buffer) == Gst.FlowReturn.OK
                sample = out.pull_sample() if flowing else None
            decoder.set_state(Gst.State.NULL)


class ClipFactory(GstRtspServer.RTSPMediaFactory):
    def __init__(self, path, fps, encoder):
        super().__init__()
        self.path = path
        self.fps = fps
        self.encoder = encoder

    def do_create_element(self, url):
        media = Gst.parse_launch(
            "( appsrc name=pictures is-live=true do-timestamp=true format=time ! videoconvert ! {encoder} )".format(
                encoder=self.encoder
            )
        )
        Loop(self.path, media.get_by_name("pictures"), self.fps)
        return media


def pattern_factory(size, fps, encoder):
    width, height = size.split("x")
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(
        "( videotestsrc is-live=true pattern=ball ! video/x-raw,format=I420,width={w},height={h},framerate={fps}/1"
        " ! {encoder} )".format(w=width, h=height, fps=fps, encoder=encoder)
    )
    return factory


def guard(server, factory, args):
    """Asks for a user, by digest, and speaks TLS, where told to."""
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    if args.user:
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        auth.add_digest(args.user, args.password, token)
    else:
        auth.set_default_token(token)
    if args.cert:
        auth.set_tls_certificate(Gio.TlsCertificate.new_from_files(args.cert, args.key))
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)
    server.set_auth(auth)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", help="clip to loop; a moving test picture without it")
    parser.add_argument("--mount", default="/camera")
    parser.add_argument("--port", default="0", help="0 for a free one")
    parser.add_argument("--size", default="320x240", help="of the test picture")
    parser.add_argument("--fps", type=int, default=25)
    parser.add_argument("--codec", choices=ENCODERS, default="h264")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--cert", help="PEM; makes it RTSPS")
    parser.add_argument("--key", help="PEM")
    args = parser.parse_args()

    Gst.init(None)
    encoder = ENCODERS[args.codec].format(fps=args.fps)
    if args.file:
        factory = ClipFactory(args.file, args.fps, encoder)
    else:
        factory = pattern_factory(args.size, args.fps, encoder)
    factory.set_shared(True)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(args.port)
    if args.user or args.cert:
        guard(server, factory, args)
    server.get_mount_points().add_factory(args.mount, factory)
    if server.attach(None) == 0:
        raise SystemExit("port {} is taken".format(args.port))
    print(server.get_bound_port(), flush=True)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()
