#!/bin/sh
# Prints the tenant's events as they happen, one page a line; feed.next keeps the place: sh feed.sh
next=$(cat feed.next 2>/dev/null) || next="$ROSTER_URL/api/user/management/v4/events?page[size]=1000&wait=30"
while :; do
  page=$(curl -sS -g -f -H "Authorization: Apikey $KEY" "$next") || { sleep 5; continue; }
  printf '%s\n' "$page"
  next=$(printf '%s' "$page" | sed -n 's/.*"next":"\([^"]*\)".*/\1/p')
  printf '%s' "$next" > feed.next
done
