INSERT INTO outbox (id, key, lane, kind, addressee, payload, state, attempts, due_at, run_at, lease_owner, last_error, finished_at, pushed_at) VALUES
  (uuid '01a00000-0002-7000-8000-000000000014', 'branch.digest/14', 3, 'branch.digest', 'li', '{"notice":"14"}', 0, 0, '2026-11-02T00:30:00+00:00', '2026-11-02T00:30:00+00:00', NULL, NULL, NULL, '2026-11-02T00:30:00+00:00'),
  (uuid '01a00000-0002-7000-8000-000000000015', 'account.welcome/zhang', 4, 'account.welcome', 'zhang', '{"account":"zhang"}', 2, 1, '2026-11-02T00:30:00+00:00', '2026-11-02T00:30:00+00:00', NULL, NULL, '2026-11-02T00:31:00+00:00', '2026-11-02T00:30:00+00:00');
INSERT INTO platform_usage (tenant, month, calls, deliveries, updated_at) VALUES
  ('corp-1', '2026-10', 4120, 2890, '2026-10-31T15:59:00+00:00'),
  ('corp-1', '2026-11', 12, 3, '2026-11-02T01:00:00+00:00');
INSERT INTO platform_state (tenant, failures, paused_until, calls_refused_at, deliveries_refused_at, updated_at) VALUES
  ('corp-1', 2, '2026-11-02T01:01:00+00:00', NULL, '2026-10-30T01:00:00+00:00', '2026-11-02T01:00:00+00:00');
INSERT INTO send_token (bucket, slot, free_at) VALUES
  ('robot/corp-1', 0, '2026-11-02T01:01:00+00:00'),
  ('robot/corp-1', 1, '2026-11-01T01:00:00+00:00');
