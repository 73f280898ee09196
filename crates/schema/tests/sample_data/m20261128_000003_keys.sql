INSERT INTO key_rotation (target, started_at, place, after, done, total, finished_at) VALUES
  ('k1/', '2026-11-01T08:00:00+00:00', 8, NULL, 3, 3, '2026-11-01T08:00:01+00:00'),
  ('k2/', '2026-11-24T08:00:00+00:00', 0, uuid '01a00000-0005-7000-8000-000000000001', 1, 3, NULL);
