"""A campaign from a CSV file with the columns phone and name: a preview, then one text for each row.

    pip install "heymarket[cli]"
    python csv_campaign.py people.csv "Hi {name}, we open at nine tomorrow. Reply STOP to opt out."
    python csv_campaign.py people.csv "..." --send

The preview sends nothing. A run that was killed goes on where it was; the same file and text never text anybody twice.
"""

import argparse
import csv
import hashlib
import os
from pathlib import Path
from typing import Any

from heymarket import Heymarket, InvalidRequestError, NotFoundError, bulk, normalize_phone

INBOX = int(os.environ.get("INBOX", "31"))
SENDER = int(os.environ.get("SENDER", "21"))


def plan(file: Path, template: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The texts, one for each number, and why rows were left out."""
    texts: dict[str, dict[str, Any]] = {}
    left_out = []
    with file.open(encoding="utf-8-sig", newline="") as rows, Heymarket() as hm:
        for line, row in enumerate(csv.DictReader(rows), 2):
            try:
                phone = normalize_phone(row["phone"])
            except InvalidRequestError:
                left_out.append(f"line {line}: not a phone number")
                continue
            if phone in texts:
                left_out.append(f"line {line}: the number was in an earlier line")
            elif opted_out(hm, phone):
                left_out.append(f"line {line}: opted out")
            else:
                text = template.format(name=row["name"])
                texts[phone] = {"inbox_id": INBOX, "creator_id": SENDER, "phone_number": phone, "text": text}
    return list(texts.values()), left_out


def opted_out(hm: Heymarket, phone: str) -> bool:
    """Whether a contact doesn't want texts; nobody knows of one that the team hasn't texted with."""
    try:
        return bool(hm.contacts.get_status(phone=phone).unsubscribed)
    except NotFoundError:
        return False


def main(arguments: list[str] | None = None) -> int:
    """Preview or send; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("text", help="the text, with {name} for the name")
    parser.add_argument("--send", action="store_true", help="send, after the preview was read")
    options = parser.parse_args(arguments)
    job = hashlib.sha256(options.file.read_bytes() + options.text.encode()).hexdigest()[:16]
    checkpoint = options.file.with_name(f"{options.file.stem}-{job}.db")
    planned = checkpoint.with_suffix(".planned.csv")
    if options.send and planned.exists():
        # What was previewed, even if somebody opted out since: the service refuses them.
        with planned.open(encoding="utf-8", newline="") as rows:
            texts = [{**row, "inbox_id": INBOX, "creator_id": SENDER} for row in csv.DictReader(rows)]
        summary = bulk.run("messages.send", texts, checkpoint=checkpoint)
        for result in bulk.results(checkpoint):
            if result.error:
                print(f"{texts[result.row]['phone_number']}: {result.error['message']}")
        print(f"{summary.done} sent, {summary.failed} refused, {summary.again} to be tried by another run")
        return 0 if summary.again == summary.failed == 0 else 1
    if checkpoint.exists() and planned.exists():
        print(f"This campaign has begun, with the texts in {planned}. To go on with it, add --send.")
        return 0
    texts, left_out = plan(options.file, options.text)
    with planned.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["phone_number", "text"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(texts)
    print(*left_out, sep="\n")
    for one in texts[:3]:
        print(f"{one['phone_number']}: {one['text']}")
    segments = sum(-(-len(one["text"]) // 160) for one in texts)
    print(f"{len(texts)} texts, about {segments} segments; all are in {planned}. To send them, add --send.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
