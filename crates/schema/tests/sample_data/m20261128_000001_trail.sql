INSERT INTO audit_check (on_day, started_at, finished_at, anchors, rows, broken_at, fault) VALUES
  ('2026-11-23', '2026-11-23T19:30:00+00:00', '2026-11-23T19:31:00+00:00', 3, 1200, NULL, NULL),
  ('2026-11-24', '2026-11-24T19:30:00+00:00', '2026-11-24T19:31:00+00:00', 4, 1199, 1200, 'altered');
