INSERT INTO aid_emergency (id, case_id, state, amount, cap, cap_source, why, asked_by, asked_at, first_by, first_at, first_approves, decided_by, decided_at,
                           papers_until, papers_by, papers_at) VALUES
  (uuid '01a00000-00e1-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 'granted', 100000, 200000, '示例办法', 'v1|k1|n|w', 'li', '2026-11-01T09:00:00+00:00',
   'zhang', '2026-11-01T09:10:00+00:00', FALSE, 'left', '2026-11-01T09:20:00+00:00', '2026-11-16', 'li', '2026-11-03T09:00:00+00:00'),
  (uuid '01a00000-00e1-7000-8000-000000000002', uuid '01a00000-0022-7000-8000-000000000002', 'asked', 50000, 200000, '示例办法', 'v1|k1|n|x', 'li', '2026-11-21T09:00:00+00:00',
   NULL, NULL, FALSE, NULL, NULL, NULL, NULL, NULL);
