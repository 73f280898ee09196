INSERT INTO grievance (id, kind, status, round, region, unit_id, level, person_id, case_id, said, filed_by, by_hand, receipt, received_on, due_on, extended, assigned_to, version) VALUES
  (uuid '01a00000-00f8-7000-8000-000000000001', 'delay', 'answered', 1, '330106', uuid '01a00000-0004-7000-8000-000000000001', 'county', uuid '01a00000-0005-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 'v1|k1|n|m', 'li', TRUE, NULL, '2026-12-01', '2026-12-08', FALSE, 'left', 3),
  (uuid '01a00000-00f8-4000-8000-000000000002', 'favour', 'dropped', 1, '330106', NULL, 'county', NULL, NULL, 'v1|k1|n|p', NULL, FALSE, 'k.r', '2026-12-02', NULL, FALSE, NULL, 1);
INSERT INTO grievance_step (id, grievance_id, seq, what, actor, whom, on_day, until, outcome, words, held) VALUES
  (uuid '01a00000-00f9-7000-8000-000000000001', uuid '01a00000-00f8-7000-8000-000000000001', 1, 'received', 'li', NULL, '2026-12-01', '2026-12-08', NULL, NULL, FALSE),
  (uuid '01a00000-00f9-7000-8000-000000000002', uuid '01a00000-00f8-7000-8000-000000000001', 2, 'assigned', 'left', 'left', '2026-12-02', NULL, NULL, NULL, FALSE),
  (uuid '01a00000-00f9-7000-8000-000000000003', uuid '01a00000-00f8-7000-8000-000000000001', 3, 'answered', 'left', NULL, '2026-12-03', NULL, 'founded', 'v1|k1|n|q', FALSE),
  (uuid '01a00000-00f9-4000-8000-000000000004', uuid '01a00000-00f8-4000-8000-000000000002', 1, 'received', NULL, NULL, '2026-12-02', NULL, NULL, NULL, TRUE);
