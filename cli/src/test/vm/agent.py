#!/usr/bin/python3 -ISE
"""Runs the commands that the VM test sends over a virtio-serial port, one after the other.

A request is a line `ID SECONDS SCRIPT`, the reply a line `ID BOOT CODE OUT ERR`: SCRIPT, OUT and ERR are base64 in
brackets, so that none is empty; BOOT is the boot id of the kernel; CODE is bash's, negative for a signal, 124 when the
command had to be killed after SECONDS. A line that is not a request, as after a reboot in its midst, is passed over.
"""
import base64
import os
import signal
import subprocess
import tempfile
import time

PORT = "hostseed.agent"
ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "TERM": "dumb",
    "SYSTEMD_PAGER": "",
    "SYSTEMD_COLORS": "0",
}


def device():
    """The device of our port, once udev and the driver have made it."""
    ports = "/sys/class/virtio-ports"
    while True:
        for name in os.listdir(ports) if os.path.isdir(ports) else []:
            with open(f"{ports}/{name}/name", encoding="ascii") as file:
                if file.read().strip() == PORT and os.path.exists(f"/dev/{name}"):
                    return f"/dev/{name}"
        time.sleep(0.1)


def run(script, seconds):
    """Output goes to files: a pipe would be held open by what the script leaves in the background."""
    with tempfile.TemporaryFile(dir="/run") as out, tempfile.TemporaryFile(dir="/run") as err:
        child = subprocess.Popen(
            ["/bin/bash", "-c", script],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            cwd="/",
            env=ENVIRONMENT,
            start_new_session=True,
        )
        try:
            code = child.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            code = 124
        out.seek(0)
        err.seek(0)
        return code, out.read(), err.read()


def encode(data):
    return "[" + base64.b64encode(data).decode() + "]"


def serve(port, boot):
    for line in iter(port.readline, b""):
        try:
            number, seconds, script = line.decode().split()
            script = base64.b64decode(script.strip("[]"), validate=True).decode()
            seconds = float(seconds)
        except ValueError:
            continue
        code, out, err = run(script, seconds)
        port.write(f"{number} {boot} {code} {encode(out)} {encode(err)}\n".encode())


def main():
    with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
        boot = file.read().strip()
    while True:
        with open(device(), "r+b", buffering=0) as raw:
            serve(Port(raw), boot)
        time.sleep(0.2)  # nobody is connected on the other side


class Port:
    """Lines of a port: unbuffered, because it cannot seek."""

    def __init__(self, raw):
        self.raw = raw
        self.rest = b""

    def readline(self):
        while b"\n" not in self.rest:
            data = self.raw.read(65536)
            if not data:
                return b""
            self.rest += data
        line, self.rest = self.rest.split(b"\n", 1)
        return line + b"\n"

    def write(self, data):
        while data:
            data = data[self.raw.write(data) :]


main()
