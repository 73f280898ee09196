INSERT INTO aid_household_cap (id, region, valid_from, most, source) VALUES
  (uuid '01a00000-0065-7000-8000-000000000001', '33', '2026-01-01', 1000000, '示例〔2026〕5号');
INSERT INTO aid_elsewhere (id, case_id, why, evidence, written_by, written_at) VALUES
  (uuid '01a00000-0066-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 'v1|k1|n|h', 'v1|k1|n|i', 'li', '2026-11-03T09:00:00+00:00');
