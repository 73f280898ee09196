INSERT INTO role_grant (id, account_id, role, scope, valid_from, valid_to, granted_by, confirmed_by, created_at, reason, revoked_by, revoked_why, reminded_at) VALUES
  (uuid '01a00000-0008-7000-8000-000000000004', 'li', 'payer', 'region:330106', '2026-11-01T08:00:00+00:00', '2026-12-31T16:00:00+00:00', 'sun', NULL, '2026-11-01T08:00:00+00:00', '示例分工', NULL, NULL, '2026-12-18T01:00:00+00:00');
INSERT INTO substitution (id, account_id, substitute_id, grant_id, valid_from, valid_to, reason, made_at, ended_by) VALUES
  (uuid '01a00000-004b-7000-8000-000000000001', 'li', 'zhang', uuid '01a00000-0008-7000-8000-000000000004', '2026-11-20T00:00:00+00:00', '2026-11-25T16:00:00+00:00', '示例外出', '2026-11-19T08:00:00+00:00', NULL);
INSERT INTO aid_event (id, case_id, seq, actor, role, what, at, stands_for) VALUES
  (uuid '01a00000-0023-7000-8000-000000000003', uuid '01a00000-0022-7000-8000-000000000001', 3, 'zhang', 'worker', '{"event":"account_checked"}', '2026-11-21T08:00:00+00:00', 'li');
