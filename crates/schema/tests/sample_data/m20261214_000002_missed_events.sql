INSERT INTO missed_poll (id, seen_at, asked_at, due_at)
VALUES (1, '2026-11-20T15:58:00+00:00', '2026-11-20T15:00:00+00:00', '2026-11-20T16:30:00+00:00');
