INSERT INTO account (id, name, unionid, person_id, active, status_at, joined_at, left_at, text_size) VALUES
  ('zhang', '示例甲', 'u1', uuid '01a00000-0005-7000-8000-000000000001', TRUE, '2026-11-01T08:00:00+00:00', '2026-11-01T08:00:00+00:00', NULL, 'extra_large'),
  ('li', '示例丙', NULL, NULL, TRUE, '2026-11-01T08:00:00+00:00', '2026-11-01T08:00:00+00:00', NULL, 'standard'),
  ('left', '示例丁', NULL, NULL, FALSE, '2026-11-02T08:00:00+00:00', '2026-11-01T08:00:00+00:00', '2026-11-02T08:00:00+00:00', 'large');
INSERT INTO account_event (key, account_id, kind, happened_at, received_at, believed) VALUES
  ('push/2', 'left', 'left', '2026-11-02T08:00:00+00:00', '2026-11-02T08:00:01+00:00', TRUE);
INSERT INTO account_link (id, account_id, person_id, kind, proof, recorded_by, valid_from, valid_to) VALUES
  (uuid '01a00000-0007-7000-8000-000000000001', 'zhang', uuid '01a00000-0005-7000-8000-000000000001', 'own', 'phone', NULL, '2026-11-01T08:00:00+00:00', NULL),
  (uuid '01a00000-0007-7000-8000-000000000002', 'zhang', uuid '01a00000-0005-7000-8000-000000000002', 'proxy', 'paper', 'li', '2024-11-01T08:00:00+00:00', '2025-02-03T00:00:00+00:00');
INSERT INTO role_grant (id, account_id, role, scope, valid_from, valid_to, granted_by, confirmed_by, created_at) VALUES
  (uuid '01a00000-0008-7000-8000-000000000001', 'li', 'worker', '330106', '2026-11-01T08:00:00+00:00', NULL, NULL, NULL, '2026-11-01T08:00:00+00:00');
INSERT INTO web_session (id, token_hash, account_id, staff, opened_at, seen_at, idle_until, absolute_until, revoked_at, revoked_why) VALUES
  (uuid '01a00000-0009-7000-8000-000000000001', 'ab', 'left', FALSE, '2026-11-01T08:00:00+00:00', '2026-11-01T09:00:00+00:00', '2026-11-08T08:00:00+00:00', '2026-12-01T08:00:00+00:00', '2026-11-02T08:00:01+00:00', 'left');
