INSERT INTO treatment_floor (id, region, period, dimension, level, from_on, to_on, basis, state, proposed_by, proposed_at, approved_by, approved_at, applied_at) VALUES
  (uuid '01a00000-0049-7000-8000-000000000001', '33', 'J', 'medical', 'deputy_bureau', '2020-01-01', NULL, '示例〔2020〕1号', 'applied', 'li', '2026-11-21T08:00:00+00:00', 'chen', '2026-11-21T09:00:00+00:00', '2026-11-21T10:00:00+00:00');
INSERT INTO treatment_raise (floor_id, person_id, before, after) VALUES
  (uuid '01a00000-0049-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000002', NULL, 'deputy_bureau');
INSERT INTO statistics_snapshot (id, region, as_of, known_at, answer, sha256, made_by, made_at) VALUES
  (uuid '01a00000-004a-7000-8000-000000000001', '33', '2025-12-31', '2026-01-08T08:00:00+00:00', 'none', '0000000000000000000000000000000000000000000000000000000000000000', 'li', '2026-01-08T08:00:00+00:00');
