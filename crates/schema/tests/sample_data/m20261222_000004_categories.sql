INSERT INTO aid_category (id, category, region, valid_from, label, of_group, "position", offered, reason_needed, source, state, proposed_by, proposed_at, decided_by, decided_at) VALUES
  (uuid '01a00000-0090-7000-8000-000000000001', 'illness', '33', '2020-01-01', '重大疾病', 'medical', 1, true, false, '示例目录', 'agreed', NULL, '2026-12-22T08:00:00+00:00', NULL, NULL),
  (uuid '01a00000-0090-7000-8000-000000000002', 'fire', '33', '2027-01-01', '火灾', 'family', 6, true, false, '示例〔2026〕9号', 'proposed', 'li', '2026-12-22T08:00:00+00:00', NULL, NULL),
  (uuid '01a00000-0090-7000-8000-000000000003', 'illness', '330106', '2027-01-01', '大病', 'medical', 1, false, true, '示例〔2026〕10号', 'agreed', 'li', '2026-12-22T08:00:00+00:00', 'chen', '2026-12-22T09:00:00+00:00');
