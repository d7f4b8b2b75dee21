"""Reads a feed with feedparser and prints what it found as JSON."""

import json
import sys

import feedparser

feed = feedparser.parse(sys.argv[1])
print(
    json.dumps(
        {
            "bozo": int(feed.bozo),
            "why": repr(feed.get("bozo_exception")),
            "title": feed.feed.title,
            "version": feed.version,
            "entries": [
                {
                    "id": entry.id,
                    "title": entry.title,
                    "link": entry.link,
                    "published": entry.get("published"),
                    "updated": entry.get("updated"),
                    "content": entry.get("summary") or entry.content[0].value,
                }
                for entry in feed.entries
            ],
        }
    )
)
