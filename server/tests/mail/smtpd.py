"""A mail server that behaves as the address says: refused@, later@, slow@, dies@ and half@ each have their way, everybody
else's mail is taken. What it takes is delivered into a Maildir, with the recipient in `Delivered-To`.

Usage: smtpd.py MAILDIR; prints its port, ends when its input does.
"""

import asyncio
import itertools
import os
import sys

from aiosmtpd.smtp import SMTP

maildir = sys.argv[1]
counter = itertools.count()
seen = set()


def deliver(envelope):
    name = f"{next(counter):06}.{os.getpid()}.test"
    with open(f"{maildir}/tmp/{name}", "wb") as file:
        file.write(b"Delivered-To: " + envelope.rcpt_tos[0].encode() + b"\n")
        file.write(envelope.content.replace(b"\r\n", b"\n"))
    os.rename(f"{maildir}/tmp/{name}", f"{maildir}/new/{name}")


def first_time(what):
    known = what in seen
    seen.add(what)
    return not known


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 No such user here"
        if address.startswith("later") and first_time(address):
            return "451 4.3.0 Busy, come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        if address.startswith("slow"):
            await asyncio.sleep(2)
        if address.startswith("dies") and first_time(address):
            server.transport.abort()
            return "421 Gone"
        deliver(envelope)
        if address.startswith("half") and first_time(address):
            # It has the message, and nobody hears of it.
            server.transport.abort()
        return "250 Taken"


async def main():
    for folder in ("tmp", "new", "cur"):
        os.makedirs(f"{maildir}/{folder}", exist_ok=True)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler()), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
