"""Prints the tenant's events as they happen; feed.next keeps the place: python3 feed.py"""
import json, os, pathlib, urllib.request

place = pathlib.Path("feed.next")
next = os.environ["ROSTER_URL"] + "/api/user/management/v4/events?page%5Bsize%5D=1000&wait=30"
if place.exists():
    next = place.read_text()
while True:
    request = urllib.request.Request(next, headers={"Authorization": "Apikey " + os.environ["KEY"]})
    with urllib.request.urlopen(request, timeout=90) as response:
        page = json.load(response)
    for event in page["data"]:
        print(event["id"], event["attributes"]["kind"], event["attributes"]["external_id"], flush=True)
    next = page["links"]["next"]
    place.write_text(next)
