INSERT INTO mandate_ask (id, account_id, person_id, matters, until, state, asked_at, decided_by, decided_at, link_id) VALUES
  (uuid '01a00000-0049-7000-8000-000000000001', 'li', uuid '01a00000-0005-7000-8000-000000000001', 'aid,activity', '2027-11-01T16:00:00+00:00', 'asked', '2026-11-24T08:00:00+00:00', NULL, NULL, NULL),
  (uuid '01a00000-0049-7000-8000-000000000002', 'zhang', uuid '01a00000-0005-7000-8000-000000000002', 'aid', '2025-02-03T00:00:00+00:00', 'accepted', '2024-10-30T08:00:00+00:00', 'li', '2024-11-01T08:00:00+00:00', uuid '01a00000-0007-7000-8000-000000000002');
INSERT INTO proxy_act (id, link_id, account_id, person_id, action, subject, at) VALUES
  (uuid '01a00000-004a-7000-8000-000000000001', uuid '01a00000-0007-7000-8000-000000000002', 'zhang', uuid '01a00000-0005-7000-8000-000000000002', 'aid.submitted', 'aid_case/1', '2024-12-01T08:00:00+00:00');
