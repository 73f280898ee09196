INSERT INTO directory_run (id, slot, state, started_at, touched_at, known, people, departments, removals, decided_by, decided_at) VALUES
  (uuid '01a00000-0016-7000-8000-000000000001', '2026-11-01', 'applied', '2026-11-01T18:30:00+00:00', '2026-11-01T18:31:00+00:00', 2, 2, 2, 0, NULL, NULL),
  (uuid '01a00000-0016-7000-8000-000000000002', NULL, 'refused', '2026-11-02T18:30:00+00:00', '2026-11-03T01:00:00+00:00', 2, 0, 1, 2, 'li', '2026-11-03T01:00:00+00:00');
INSERT INTO directory_change (run_id, seq, kind, what) VALUES
  (uuid '01a00000-0016-7000-8000-000000000002', 0, 'left', '{"kind":"left","account":"zhang"}'),
  (uuid '01a00000-0016-7000-8000-000000000001', 0, 'unlinked', '{"kind":"unlinked","account":"li"}');
INSERT INTO directory_department (id, name, parent_id, active, changed_at) VALUES
  (1, '示例局', NULL, TRUE, '2026-11-01T18:31:00+00:00'),
  (910001, '示例处', 1, FALSE, '2026-11-02T18:31:00+00:00');
INSERT INTO directory_member (account_id, department_id) VALUES ('zhang', 1), ('li', 910001);
INSERT INTO directory_watch (id, looked_at, swept_at, difference) VALUES (1, '2026-11-02T08:00:00+00:00', NULL, NULL);
INSERT INTO call_pace (name, next_ms, step_ms, slack_ms, took) VALUES ('address', 1793520000000, 3, 5997, TRUE);
