INSERT INTO approval_day (on_day, matched, late, diverged, orphans, explained, came_right, unexplained, checks, written_at) VALUES
  ('2026-11-20', 3, 1, 0, 1, 1, 1, 0, 1, '2026-11-20T16:00:05+00:00');
INSERT INTO approval_sweep (id, swept_at) VALUES (1, '2026-11-20T15:58:00+00:00');
