INSERT INTO approval_check (id, slot, from_at, until_at, started_at, done_at, matched, late, diverged, orphans) VALUES
  (uuid '01a00000-0017-7000-8000-000000000001', 'day/2026-11-02', '2026-11-01T15:30:00+00:00', '2026-11-02T15:20:00+00:00', '2026-11-02T15:30:00+00:00', '2026-11-02T15:30:02+00:00', 3, 0, 0, 1);
INSERT INTO approval_finding (id, instance_id, case_id, outcome, why, found_at, closed_at, closed_by, closed_why) VALUES
  (uuid '01a00000-0017-7000-8000-000000000002', 'inst-nobody', NULL, 'orphan', 'no_case', '2026-11-02T15:30:00+00:00', '2026-11-03T01:00:00+00:00', 'li', 'trial');
INSERT INTO approval_beat (id, seen_at) VALUES (1, '2026-11-02T15:30:00+00:00');
