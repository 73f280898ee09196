INSERT INTO intake (id, status, region, unit_id, place, sent_by, file_name, file_hash, repeated, mode, layout, position, rows, done, counts, submitted_by, decided_by, stopped_at, lease_owner, leased_until, finished_at, erased_at, created_at, updated_at) VALUES
  (uuid '01a00000-0030-7000-8000-000000000001', 'done', '330106', NULL, '330106', 'li', '示例名册.xlsx', '00ff', 'skip', 'all', '{}', 5, 2, 2, '{}', 'li', 'zhang', NULL, NULL, NULL, '2026-11-25T08:00:00+00:00', NULL, '2026-11-25T08:00:00+00:00', '2026-11-25T08:00:00+00:00');
INSERT INTO intake_line (intake_id, "row", kind, payload) VALUES
  (uuid '01a00000-0030-7000-8000-000000000001', 3, 'header', 'v1|k1|n|a'),
  (uuid '01a00000-0030-7000-8000-000000000001', 4, 'data', 'v1|k1|n|b'),
  (uuid '01a00000-0030-7000-8000-000000000001', 5, 'data', NULL);
INSERT INTO intake_outcome (intake_id, "row", verdict, effect, mistakes, identity_index, same_index, person_id, membership_id, before, version) VALUES
  (uuid '01a00000-0030-7000-8000-000000000001', 4, 'new', 'written', '[]', 'ab', 'cd', uuid '01a00000-0005-7000-8000-000000000001', NULL, NULL, 1),
  (uuid '01a00000-0030-7000-8000-000000000001', 5, 'error', 'skipped', '[{"problem":"missing"}]', NULL, NULL, NULL, NULL, NULL, 0);
INSERT INTO person_export (id, status, region, unit_id, requested_by, purpose, filter, complete, rows, decided_by, taken, file_hash, created_at, updated_at) VALUES
  (uuid '01a00000-0031-7000-8000-000000000001', 'ready', '330106', NULL, 'li', 'visit', '{}', FALSE, 2, NULL, 1, '00aa', '2026-11-25T08:00:00+00:00', '2026-11-25T08:00:00+00:00');
