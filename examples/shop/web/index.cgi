#!/bin/sh
# Counts a visit in redis and says so.
visits=$(printf 'INCR visits\r\nQUIT\r\n' | nc -w 2 "$REDIS_HOST" 6379 | tr -dc 0-9)

if [ -n "$visits" ]; then
  printf 'Content-Type: text/plain\r\n\r\nWelcome to the shop. You are visitor %s.\n' "$visits"
else
  printf 'Status: 503 Service Unavailable\r\nContent-Type: text/plain\r\n\r\nThe shop has no database.\n'
fi
