INSERT INTO retention_rule (id, class, months, days, counted, document, made_by, made_at, valid_from) VALUES
  (uuid '01a00000-0051-7000-8000-000000000001', 'notice', 36, 0, 'day', '示例〔2026〕9号', 'zhang', '2026-11-20T08:00:00+00:00', '2026-12-01');
INSERT INTO retention_list (id, slot, open, state, as_of, place, after, begun_at, made_at, proposed_by, proposed_at, decided_by, decided_at, reason, done_at) VALUES
  (uuid '01a00000-0052-7000-8000-000000000001', '2026-11', 1, 'proposed', '2026-11-01', 3, NULL, '2026-11-01T08:00:00+00:00', '2026-11-01T08:01:00+00:00', 'zhang', '2026-11-02T08:00:00+00:00', NULL, NULL, NULL, NULL);
INSERT INTO retention_hold (id, person_id, case_id, class, unit_id, reason, document, placed_by, placed_at) VALUES
  (uuid '01a00000-0053-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', NULL, NULL, NULL, '示例', '示例〔2026〕10号', 'zhang', '2026-11-03T08:00:00+00:00');
INSERT INTO retention_item (list_id, class, subject, unit_id, counted_from, due_on, rule_id, content, state, why, hold_id) VALUES
  (uuid '01a00000-0052-7000-8000-000000000001', 'notice', uuid '01a00000-0054-7000-8000-000000000001', NULL, '2023-10-01', '2026-10-01', uuid '01a00000-0051-7000-8000-000000000001', '0000000000000000000000000000000000000000000000000000000000000000', 'held', 'held', uuid '01a00000-0053-7000-8000-000000000001');
INSERT INTO retention_tombstone (id, class, subject, fate, content, counted_from, rule_id, list_id, unit_id, proposed_by, approved_by, erased_at) VALUES
  (uuid '01a00000-0055-7000-8000-000000000001', 'notice', uuid '01a00000-0054-7000-8000-000000000002', 'erase', '0000000000000000000000000000000000000000000000000000000000000000', '2023-09-01', uuid '01a00000-0051-7000-8000-000000000001', uuid '01a00000-0052-7000-8000-000000000001', NULL, 'zhang', 'li', '2026-11-04T08:00:00+00:00');
