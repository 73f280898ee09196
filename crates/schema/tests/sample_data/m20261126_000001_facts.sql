UPDATE person_fact SET superseded_at = '2026-11-20T08:00:00+00:00', superseded_by = 'li'
 WHERE person_id = uuid '01a00000-0005-7000-8000-000000000001' AND kind = 'residence';
INSERT INTO person_fact (id, person_id, kind, value, unit_id, region, from_on, to_on, basis, recorded_by, recorded_at, superseded_by, superseded_at) VALUES
  (uuid '01a00000-0040-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', 'residence', NULL, NULL, '330106003', '2026-11-01', NULL, '本人告知', 'li', '2026-11-20T08:00:00+00:00', NULL, NULL),
  (uuid '01a00000-0040-7000-8000-000000000002', uuid '01a00000-0005-7000-8000-000000000001', 'medical', 'deputy_county', NULL, NULL, '2010-01-01', NULL, '示例〔2010〕1号', NULL, '2026-11-20T08:00:00+00:00', NULL, NULL),
  (uuid '01a00000-0040-7000-8000-000000000003', uuid '01a00000-0005-7000-8000-000000000001', 'payer', NULL, uuid '01a00000-0004-7000-8000-000000000001', '330106', '2010-01-01', NULL, '示例', NULL, '2026-11-20T08:00:00+00:00', NULL, NULL),
  (uuid '01a00000-0040-7000-8000-000000000004', uuid '01a00000-0005-7000-8000-000000000001', 'volunteer', NULL, NULL, NULL, '2015-01-01', '2020-01-01', '示例', NULL, '2026-11-20T08:00:00+00:00', NULL, NULL);
INSERT INTO person_birth (id, person_id, source, calendar, precision, year, month, day, leap, personnel, greeting, recorded_by, recorded_at, superseded_at) VALUES
  (uuid '01a00000-0041-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', 'family', 'lunar', 'day', 1941, 2, 11, FALSE, FALSE, TRUE, 'li', '2026-11-20T08:00:00+00:00', NULL);
INSERT INTO person_contact (id, person_id, owner, label, value, value_index, tail, purposes, verified_at, verified_by, recorded_by, recorded_at, ended_at) VALUES
  (uuid '01a00000-0042-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', 'child', '女儿', 'v1|k1|n|c', 'ab', '5678', 'notice emergency', '2026-11-20T08:00:00+00:00', 'li', 'li', '2026-11-20T08:00:00+00:00', NULL);
INSERT INTO person_kin (id, person_id, relative_id, name, relation, from_on, to_on, ended_why, survivor_since, recorded_by, recorded_at) VALUES
  (uuid '01a00000-0043-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000002', uuid '01a00000-0005-7000-8000-000000000001', '示例甲', 'spouse', '1960-01-01', NULL, NULL, '2025-02-03', NULL, '2026-11-20T08:00:00+00:00');
INSERT INTO death_task (id, person_id, kind, payment_id, due_on, opened_at, done_at, done_by, note) VALUES
  (uuid '01a00000-0044-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000002', 'funeral', NULL, '2025-02-10', '2025-02-04T01:00:00+00:00', '2025-02-08T01:00:00+00:00', 'li', '示例'),
  (uuid '01a00000-0044-7000-8000-000000000002', uuid '01a00000-0005-7000-8000-000000000002', 'overpayment', uuid '01a00000-0029-7000-8000-000000000001', '2025-03-10', '2025-02-04T01:00:00+00:00', NULL, NULL, NULL);
