#!/usr/bin/env python3
"""Makes the dashboard in any edition of Metabase through its API, from the files beside this one.

  METABASE_API_KEY=mb_… python3 conf/dashboards/metabase/load.py https://metabase.example.com [DATABASE]

DATABASE is the name that the mart has in Metabase, Karat unless it says otherwise. Needs PyYAML.
Run again, it makes another collection: move the former one to the trash.
"""
import json
import os
import sys
import urllib.request
from pathlib import Path

import yaml


def call(method, path, body=None):
    request = urllib.request.Request(
        sys.argv[1].rstrip("/") + "/api/" + path,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "x-api-key": os.environ["METABASE_API_KEY"]},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def files(model):
    found = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(Path(__file__).parent.rglob("*.yaml"))]
    return [it for it in found if it["serdes/meta"][0]["model"] == model]


def main():
    if len(sys.argv) < 2 or "METABASE_API_KEY" not in os.environ:
        sys.exit(__doc__)
    name = sys.argv[2] if len(sys.argv) > 2 else "Karat"
    databases = call("GET", "database")
    databases = databases["data"] if isinstance(databases, dict) else databases
    ids = [it["id"] for it in databases if it["name"] == name]
    if not ids:
        names = ", ".join(it["name"] for it in databases)
        sys.exit(f"Metabase has no database '{name}': expected one of {names}. Add the mart, or name it as second argument.")

    (folder,) = files("Collection")
    collection = call("POST", "collection", {"name": folder["name"], "description": folder["description"]})["id"]
    cards = {}
    for card in files("Card"):
        body = {key: card[key] for key in ("name", "description", "display", "visualization_settings", "parameters")}
        body["dataset_query"] = {**card["dataset_query"], "database": ids[0]}
        body["collection_id"] = collection
        cards[card["entity_id"]] = call("POST", "card", body)["id"]
    (board,) = files("Dashboard")
    body = {key: board[key] for key in ("name", "description", "parameters")}
    dashboard = call("POST", "dashboard", {**body, "collection_id": collection})["id"]
    placed = []
    for number, card in enumerate(board["dashcards"], start=1):
        body = {key: card[key] for key in ("row", "col", "size_x", "size_y", "series", "visualization_settings")}
        body["id"] = -number
        body["card_id"] = cards[card["card_id"]]
        body["parameter_mappings"] = [{**it, "card_id": cards[it["card_id"]]} for it in card["parameter_mappings"]]
        placed.append(body)
    call("PUT", f"dashboard/{dashboard}", {"width": board["width"], "dashcards": placed})
    print(f"{sys.argv[1].rstrip('/')}/dashboard/{dashboard}")


if __name__ == "__main__":
    main()
