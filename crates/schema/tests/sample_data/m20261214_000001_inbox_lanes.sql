INSERT INTO inbox (id, key, lane, source, kind, payload, state, attempts, run_at, lease_owner, last_error, finished_at, received_at) VALUES
  (uuid '01a00000-0083-7000-8000-000000000001', 'push/4', 3, 'push', 'bot.seen', '{"id":"p4"}', 0, 0, '2026-11-06T08:00:00+00:00', NULL, NULL, NULL, '2026-11-06T08:00:00+00:00');
