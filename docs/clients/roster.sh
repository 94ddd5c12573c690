#!/bin/sh
# Creates or updates a subscriber and lists the external ids of all: sh roster.sh
call() { curl -sS -g -f -H "Authorization: Apikey $KEY" -H "Content-Type: application/vnd.api+json" "$@"; }
users=$ROSTER_URL/api/user/management/v4/users
call -o /dev/null -X PUT "$users/by_external_id/10023" -d '{"data": {"type": "User", "attributes": {"name": "Anna Virtanen"}}}'
next="$users?page[size]=1000"
while [ -n "$next" ]; do
  page=$(call "$next") || exit 1
  printf '%s\n' "$page" | grep -o '"external_id":"[^"]*"' | cut -d'"' -f4
  next=$(printf '%s' "$page" | sed -n 's/.*"next":"\([^"]*\)".*/\1/p')
done
