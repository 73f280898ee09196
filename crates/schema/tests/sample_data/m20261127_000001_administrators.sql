INSERT INTO account (id, name, unionid, person_id, active, status_at, joined_at, left_at, text_size) VALUES
  ('sun', '示例庚', NULL, NULL, TRUE, '2026-11-01T08:00:00+00:00', '2026-11-01T08:00:00+00:00', NULL, 'standard');
INSERT INTO role_grant (id, account_id, role, scope, valid_from, valid_to, granted_by, confirmed_by, created_at) VALUES
  (uuid '01a00000-0008-7000-8000-000000000002', 'sun', 'worker', 'region:330106', '2026-11-01T08:00:00+00:00', '2026-11-20T08:00:00+00:00', NULL, NULL, '2026-11-01T08:00:00+00:00'),
  (uuid '01a00000-0008-7000-8000-000000000003', 'sun', 'security_admin', 'region:33', '2026-11-20T08:00:00+00:00', NULL, NULL, NULL, '2026-11-20T08:00:00+00:00');
