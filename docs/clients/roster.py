"""Creates or updates a subscriber and lists the external ids of all: python3 roster.py"""
import json, os, urllib.request

def call(method, url, document=None):
    headers = {"Authorization": "Apikey " + os.environ["KEY"], "Content-Type": "application/vnd.api+json"}
    body = None if document is None else json.dumps(document).encode()
    with urllib.request.urlopen(urllib.request.Request(url, body, headers, method=method)) as response:
        return json.load(response)

users = os.environ["ROSTER_URL"] + "/api/user/management/v4/users"
call("PUT", users + "/by_external_id/10023", {"data": {"type": "User", "attributes": {"name": "Anna Virtanen"}}})
page = {"links": {"next": users + "?page%5Bsize%5D=1000"}}
while page["links"]["next"]:
    page = call("GET", page["links"]["next"])
    for user in page["data"]:
        print(user["attributes"]["external_id"])
