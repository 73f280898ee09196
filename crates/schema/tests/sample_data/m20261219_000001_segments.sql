INSERT INTO segment (id, region, base_id, made_by, made_at, ended_on, ended_by) VALUES
  (uuid '01a00000-0090-7000-8000-000000000001', '33', NULL, 'li', '2026-11-01T08:00:00+00:00', NULL, NULL),
  (uuid '01a00000-0090-7000-8000-000000000002', '330106', uuid '01a00000-0090-7000-8000-000000000001', 'li', '2026-11-01T09:00:00+00:00', '2026-11-20', 'li');
INSERT INTO segment_version (id, segment_id, nth, name, rule, every_days, way, hands, source, from_on, recorded_by, recorded_at) VALUES
  (uuid '01a00000-0091-7000-8000-000000000001', uuid '01a00000-0090-7000-8000-000000000001', 1, '示例：高龄独居', 'alone+age:90', 30, 'visit', 'worker', '示例', '2026-11-01', 'li', '2026-11-01T08:00:00+00:00'),
  (uuid '01a00000-0091-7000-8000-000000000002', uuid '01a00000-0090-7000-8000-000000000002', 1, '示例：高龄独居党员', 'party', 15, 'call', 'secretary', '示例', '2026-11-01', 'li', '2026-11-01T09:00:00+00:00');
INSERT INTO segment_run (id, segment_id, version_id, rule, on_day, began_at, asked_by, after, looked, finished_at, members, unsure, joined, gone, sha256) VALUES
  (uuid '01a00000-0092-7000-8000-000000000001', uuid '01a00000-0090-7000-8000-000000000001', uuid '01a00000-0091-7000-8000-000000000001', 'managed:33+alone+age:90', '2026-11-01', '2026-11-01T08:00:30+00:00', NULL, uuid '01a00000-0005-7000-8000-000000000001', 2, '2026-11-01T08:01:00+00:00', 1, 0, 1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
INSERT INTO segment_member (id, segment_id, person_id, standing, from_on, joined_run, joined_why, until_on, left_run, left_why) VALUES
  (uuid '01a00000-0093-7000-8000-000000000001', uuid '01a00000-0090-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', 'member', '2026-11-01', uuid '01a00000-0092-7000-8000-000000000001', 'first', NULL, NULL, NULL);
