INSERT INTO aid_clawback (id, case_id, state, cause, amount, recovered, why, proposed_by, proposed_at, decided_by, decided_at) VALUES
  (uuid '01a00000-00e7-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 'agreed', 'audit', 100000, 50000, 'v1|k1|n|q', 'li', '2026-12-05T08:00:00+00:00', 'left', '2026-12-06T08:00:00+00:00');
INSERT INTO aid_clawback_part (id, clawback_id, case_id, amount, received_on, budget_year, recorded_by, recorded_at) VALUES
  (uuid '01a00000-00e8-7000-8000-000000000001', uuid '01a00000-00e7-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 50000, '2026-12-07', 2026, 'zhang', '2026-12-07T08:00:00+00:00');
