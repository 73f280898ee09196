INSERT INTO aid_setting (id, kind, category, region, valid_from, says, source, state, proposed_by, proposed_at, decided_by, decided_at) VALUES
  (uuid '01a00000-0080-7000-8000-000000000001', 'papers', 'illness', '33', '2020-01-01', '{"says":"papers","demands":[{"needed":false,"any_of":["diagnosis"]}]}', '示例办法', 'agreed', NULL, '2026-11-21T08:00:00+00:00', NULL, NULL),
  (uuid '01a00000-0080-7000-8000-000000000002', 'council_above', 'illness', '330106', '2027-01-01', '{"says":"council_above","above":200000}', '示例〔2026〕9号', 'proposed', 'li', '2026-11-21T08:00:00+00:00', NULL, NULL);
INSERT INTO aid_assessment (id, case_id, visit_id, answers, points, most, recorded_by, recorded_at) VALUES
  (uuid '01a00000-0081-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', uuid '01a00000-0024-7000-8000-000000000001', 'v1|k1|n|j', 15, 30, 'li', '2026-11-03T08:30:00+00:00');
