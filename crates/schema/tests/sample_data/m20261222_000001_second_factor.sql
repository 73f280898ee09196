INSERT INTO second_factor (id, account_id, offered, offered_at, secret, confirmed_at, last_step, failures, locked_until, reset_by, reset_at, reset_why) VALUES
  (uuid '01a00000-00f0-7000-8000-000000000001', 'li', NULL, NULL, 'v1|k1|n|k', '2026-12-22T08:00:00+00:00', 59730000, 2, '2026-12-22T09:00:00+00:00', 'left', '2026-12-22T10:00:00+00:00', '示例'),
  (uuid '01a00000-00f0-7000-8000-000000000002', 'zhang', 'v1|k1|n|k', '2026-12-22T08:00:00+00:00', NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL);
INSERT INTO second_factor_code (id, factor_id, hash, used_at) VALUES
  (uuid '01a00000-00f1-7000-8000-000000000001', uuid '01a00000-00f0-7000-8000-000000000001', 'ab', NULL),
  (uuid '01a00000-00f1-7000-8000-000000000002', uuid '01a00000-00f0-7000-8000-000000000001', 'cd', '2026-12-22T08:30:00+00:00');
UPDATE web_session SET stepped_up_at = '2026-12-22T08:30:00+00:00';
