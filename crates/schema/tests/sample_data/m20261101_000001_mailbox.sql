INSERT INTO inbox (id, key, source, kind, payload, state, attempts, run_at, lease_owner, last_error, finished_at, received_at) VALUES
  (uuid '01a00000-0001-7000-8000-000000000001', 'push/1', 'push', 'bpms_instance_change', '{"id":"p1"}', 0, 0, '2026-11-01T08:00:00+00:00', NULL, NULL, NULL, '2026-11-01T08:00:00+00:00'),
  (uuid '01a00000-0001-7000-8000-000000000002', 'push/2', 'push', 'user_leave_org', '{"id":"p2"}', 1, 1, '2026-11-01T08:01:00+00:00', 'server-1', NULL, NULL, '2026-11-01T08:00:00+00:00'),
  (uuid '01a00000-0001-7000-8000-000000000003', 'poll/3', 'poll', 'bpms_instance_change', '{"id":"p3"}', 2, 1, '2026-11-01T08:00:00+00:00', NULL, NULL, '2026-11-01T08:00:01+00:00', '2026-11-01T08:00:00+00:00');
INSERT INTO outbox (id, key, lane, kind, addressee, payload, state, attempts, due_at, run_at, lease_owner, last_error, finished_at, pushed_at) VALUES
  (uuid '01a00000-0002-7000-8000-000000000001', 'aid.received/1', 1, 'aid.received', 'zhang', '{"case":"1"}', 0, 2, '2026-11-01T08:00:00+00:00', '2026-11-01T08:05:00+00:00', NULL, 'unavailable', NULL, '2026-11-01T08:00:00+00:00'),
  (uuid '01a00000-0002-7000-8000-000000000002', 'bot.reply/2', 0, 'bot.reply', NULL, '{"session":"2"}', 3, 9, '2026-11-01T08:00:00+00:00', '2026-11-01T08:00:00+00:00', NULL, 'refused', '2026-11-02T09:00:00+00:00', '2026-11-01T08:00:00+00:00');
