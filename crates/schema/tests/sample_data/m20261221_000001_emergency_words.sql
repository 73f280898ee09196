INSERT INTO aid_emergency (id, case_id, state, amount, cap, cap_source, why, asked_by, asked_at, first_by, first_at, first_approves, first_via, decided_by, decided_at,
                           decided_via, papers_until, papers_by, papers_at) VALUES
  (uuid '01a00000-00e1-7000-8000-000000000003', uuid '01a00000-0022-7000-8000-000000000001', 'refused', 80000, 200000, '示例办法', 'v1|k1|n|y', 'li', '2026-10-21T09:00:00+00:00',
   'left', '2026-10-21T09:10:00+00:00', TRUE, 'phone', 'zhang', '2026-10-21T09:20:00+00:00', 'in_person', NULL, NULL, NULL);
