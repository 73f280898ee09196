INSERT INTO branch (id, name, region_code, unit_id, party_day, party_groups, founded_on, dissolved_on, created_at) VALUES
  (uuid '01a00000-000a-7000-8000-000000000001', '示例退休第一支部', '330106', uuid '01a00000-0004-7000-8000-000000000001', 15, 2, '2001-07-01', NULL, '2026-11-01T08:00:00+00:00');
INSERT INTO branch_membership (id, branch_id, person_id, kind, from_on, to_on, ended_why) VALUES
  (uuid '01a00000-000b-7000-8000-000000000001', uuid '01a00000-000a-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', 'affiliation', '2001-07-01', NULL, NULL),
  (uuid '01a00000-000b-7000-8000-000000000002', uuid '01a00000-000a-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000002', 'participation', '2001-07-01', '2025-02-03', 'died');
INSERT INTO branch_post (id, branch_id, person_id, kind, from_on, to_on, ended_why) VALUES
  (uuid '01a00000-000c-7000-8000-000000000001', uuid '01a00000-000a-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', 'secretary', '2020-01-01', NULL, NULL);
INSERT INTO meeting (id, branch_id, title, starts_at, ends_at, place, description, status, planned_by, version, created_at, updated_at) VALUES
  (uuid '01a00000-000d-7000-8000-000000000001', uuid '01a00000-000a-7000-8000-000000000001', '十一月党员大会', '2026-11-15T01:00:00+00:00', '2026-11-15T03:00:00+00:00', '活动室', '', 'planned', 'zhang', 1, '2026-11-01T08:00:00+00:00', '2026-11-01T08:00:00+00:00');
INSERT INTO meeting_claim (meeting_id, obligation) VALUES (uuid '01a00000-000d-7000-8000-000000000001', 'general_meeting');
INSERT INTO attendance (id, meeting_id, person_id, state, method, recorded_by, recorded_at, withdrawn_at) VALUES
  (uuid '01a00000-000e-7000-8000-000000000001', uuid '01a00000-000d-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', 'present', 'bot', 'zhang', '2026-11-15T00:55:00+00:00', NULL);
INSERT INTO obligation_rule (id, rule_set, obligation, cycle, times, min_members, min_groups, effective_from, effective_to, source_document, article) VALUES
  (uuid '01a00000-000f-7000-8000-000000000001', 'sample', 'general_meeting', 'quarter', 1, 0, 0, '2018-10-28', NULL, '示例文件', '第十一条');
