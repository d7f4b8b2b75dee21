"""A mail server that behaves as the address says: refused@, later@, muddled@, slow@, tardy@, dies@ and half@ each have
their way, everybody else's mail is taken; slow500@ and tardy500@ say how many milliseconds. What it takes is delivered into a Maildir,
with the recipient in `Delivered-To`, when it began and was delivered in `X-Begun` and `X-Delivered` (milliseconds), and in
`X-Heard` whether the server meant to say so.

Usage: smtpd.py MAILDIR; prints its port, ends when its input does.
"""

import asyncio
import itertools
import os
import re
import sys
import time

from aiosmtpd.smtp import SMTP

maildir = sys.argv[1]
counter = itertools.count()
seen = set()


def now():
    return time.time_ns() // 1_000_000


def deliver(envelope, heard):
    name = f"{next(counter):06}.{os.getpid()}.test"
    head = (
        f"Delivered-To: {envelope.rcpt_tos[0]}\nX-Begun: {envelope.begun}\n"
        f"X-Delivered: {now()}\nX-Heard: {'yes' if heard else 'no'}\n"
    )
    with open(f"{maildir}/tmp/{name}", "wb") as file:
        file.write(head.encode())
        file.write(envelope.content.replace(b"\r\n", b"\n"))
    os.rename(f"{maildir}/tmp/{name}", f"{maildir}/new/{name}")


def first_time(*what):
    known = what in seen
    seen.add(what)
    return not known


async def pause(address, who):
    if address.startswith(who):
        milliseconds = re.match(rf"{who}(\d*)", address)[1]
        await asyncio.sleep(int(milliseconds or 2000) / 1000)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 No such user here"
        if address.startswith("later") and first_time(address):
            return "451 4.3.0 Busy, come back later"
        if address.startswith("muddled") and first_time(address):
            return "503 Error: nested MAIL command"
        envelope.begun = now()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        await pause(address, "slow")
        if address.startswith("dies") and first_time(address):
            server.transport.abort()
            return "421 Gone"
        name = re.search(rb"(?mi)^message-id:.*$", envelope.content)[0]
        half = address.startswith("half") and first_time(address, name)
        deliver(envelope, heard=not half)
        if half:
            # It has the message, and nobody hears of it.
            server.transport.abort()
        await pause(address, "tardy")
        return "250 Taken"


async def main():
    for folder in ("tmp", "new", "cur"):
        os.makedirs(f"{maildir}/{folder}", exist_ok=True)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler()), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
