INSERT INTO aid_rule_proposal (id, category, region, valid_from, least, most, notice_days, once_a_year, source, state, proposed_by, proposed_at, decided_by, decided_at) VALUES
  (uuid '01a00000-0051-7000-8000-000000000001', 'illness', '330106', '2027-01-01', 150000, 400000, 7, true, '示例〔2026〕3号', 'agreed', 'li', '2026-11-21T08:00:00+00:00', 'chen', '2026-11-21T09:00:00+00:00'),
  (uuid '01a00000-0051-7000-8000-000000000002', 'other', '330106', '2027-01-01', 50000, 100000, 5, true, '示例〔2026〕4号', 'proposed', 'li', '2026-11-21T08:00:00+00:00', NULL, NULL);
