"""Runs a command at a terminal of its own: python3 terminal.py EXPECT SEND [EXPECT SEND ...] -- COMMAND..."""
import fcntl
import os
import pty
import struct
import sys
import termios

at = sys.argv.index("--")
steps, command = sys.argv[1:at], sys.argv[at+1:]
pid, fd = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
seen = b""
steps = [s.encode().decode("unicode_escape").encode() for s in steps]
while True:
    try: more = os.read(fd, 65536)
    except OSError: more = b""
    if not more: break
    sys.stdout.buffer.write(more); sys.stdout.buffer.flush(); seen += more
    if steps and steps[0] in seen:
        seen = b""
        os.write(fd, steps[1]); steps = steps[2:]
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
