INSERT INTO aid_procedure (id, region, limit_of, valid_from, value, source, state, proposed_by, proposed_at, decided_by, decided_at) VALUES
  (uuid '01a00000-0061-7000-8000-000000000003', '330106', 'household_cap', '2027-01-01', 8000, '示例〔2026〕9号', 'proposed', 'li', '2026-12-21T08:00:00+00:00', NULL, NULL);
