INSERT INTO unit (id, name, kind, region, parent_id, closed_on) VALUES
  (uuid '01a00000-0004-7000-8000-000000000001', '示例市水利局', 'agency', '330106', NULL, NULL),
  (uuid '01a00000-0004-7000-8000-000000000002', '示例市水利局测量队', 'institution', '330106', uuid '01a00000-0004-7000-8000-000000000001', '2020-12-31');
INSERT INTO person (id, name, gender, born_on, born_precision, born_source, birthday_calendar, birthday_month, birthday_day,
                    retirement, joined_work_on, joined_work_precision, party_joined_on, unit_id, residence, living_alone,
                    phone, phone_index, identity, identity_index, identity_derived, payout, payout_tail, payout_bank,
                    died_on, version, created_at, updated_at) VALUES
  (uuid '01a00000-0005-7000-8000-000000000001', '示例甲', 'female', '1941-03-08', 'day', 'file', 'lunar', 2, 11,
   'retired', '1960-09-01', 'month', '1966-07-01', uuid '01a00000-0004-7000-8000-000000000001', '示例街道', TRUE,
   'v1|k1|n|c', 'ab', 'v1|k1|n|d', 'cd', FALSE, NULL, NULL, NULL,
   NULL, 1, '2026-11-01T08:00:00+00:00', '2026-11-01T08:00:00+00:00'),
  (uuid '01a00000-0005-7000-8000-000000000002', '示例乙', 'male', '1931-01-01', 'year', 'self', 'solar', NULL, NULL,
   'veteran', NULL, NULL, NULL, uuid '01a00000-0004-7000-8000-000000000002', NULL, FALSE,
   NULL, NULL, NULL, NULL, FALSE, 'v1|k1|n|e', '1234', '示例银行',
   '2025-02-03', 3, '2024-11-01T08:00:00+00:00', '2026-11-01T08:00:00+00:00');
INSERT INTO person_event (id, person_id, at, actor, what) VALUES
  (uuid '01a00000-0006-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000002', '2025-02-04T01:00:00+00:00', 'li', '{"type":"died"}');
