INSERT INTO outreach_standard (id, region, occasion, who, valid_from, valid_to, cash, item, item_value, visitors, days, tells, source, state, proposed_by, proposed_at, decided_by, decided_at) VALUES
  (uuid '01a00000-0070-7000-8000-000000000001', '33', 'spring_festival', 'retired+age:80', '2020-01-01', NULL, 50000, '慰问品', 20000, 2, 7, TRUE, '示例', 'agreed', NULL, '2026-11-01T08:00:00+00:00', NULL, NULL);
INSERT INTO outreach_plan (id, occasion, region, unit_id, year, on_day, to_day, budget_year, state, reserved, paid, made_by, made_at, proposed_by, proposed_at, decided_by, decided_at, settled_by, settled_at) VALUES
  (uuid '01a00000-0071-7000-8000-000000000001', 'double_ninth', '330106', NULL, 2026, '2026-10-18', '2026-10-18', 2026, 'approved', 50000, 0, 'li', '2026-09-01T08:00:00+00:00', 'li', '2026-09-02T08:00:00+00:00', 'left', '2026-09-03T08:00:00+00:00', NULL, NULL);
INSERT INTO outreach_entry (id, plan_id, person_id, round, unit_id, standard_id, by_hand, reason, state, due_on, cash, item, item_value, visitors, tells, worker, place_no, tries, written_by, updated_at) VALUES
  (uuid '01a00000-0072-7000-8000-000000000001', uuid '01a00000-0071-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', 'double_ninth/2026', uuid '01a00000-0004-7000-8000-000000000001', uuid '01a00000-0070-7000-8000-000000000001', FALSE, 'v1|k1|n|f', 'given', '2026-10-11', 50000, NULL, 0, 2, TRUE, 'li', 1, 1, 'li', '2026-10-10T08:00:00+00:00');
INSERT INTO outreach_stay (id, person_id, from_on, to_on, noted_by, noted_at, ended_by) VALUES
  (uuid '01a00000-0073-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', '2026-08-01', '2026-08-09', 'li', '2026-08-01T08:00:00+00:00', 'li');
INSERT INTO outreach_item (id, region, name, value, added_by, added_at) VALUES
  (uuid '01a00000-0074-7000-8000-000000000001', '330106', '示例慰问品', 20000, 'li', '2026-09-01T08:00:00+00:00');
INSERT INTO outreach_visit (id, entry_id, on_day, outcome, lead, second, cash, item_id, signed, received_at, received_by, said, answer, answered_by, answered_at, next_on, recorded_by, recorded_at) VALUES
  (uuid '01a00000-0075-7000-8000-000000000001', uuid '01a00000-0072-7000-8000-000000000001', '2026-10-10', 'given', 'li', 'left', 50000, uuid '01a00000-0074-7000-8000-000000000001', TRUE, NULL, NULL, 'v1|k1|n|g', 'v1|k1|n|h', 'li', '2026-10-11T08:00:00+00:00', NULL, 'li', '2026-10-10T08:00:00+00:00');
INSERT INTO outreach_purchase (id, item_id, quantity, amount, budget_year, source, state, proposed_by, proposed_at, decided_by, decided_at) VALUES
  (uuid '01a00000-0076-7000-8000-000000000001', uuid '01a00000-0074-7000-8000-000000000001', 10, 200000, 2026, '示例发票', 'agreed', 'li', '2026-09-01T08:00:00+00:00', 'left', '2026-09-02T08:00:00+00:00');
INSERT INTO outreach_movement (id, item_id, kind, quantity, hand, visit_id, purchase_id, moved_by, witness, moved_at) VALUES
  (uuid '01a00000-0077-7000-8000-000000000001', uuid '01a00000-0074-7000-8000-000000000001', 'bought', 10, NULL, NULL, uuid '01a00000-0076-7000-8000-000000000001', 'left', NULL, '2026-09-02T08:00:00+00:00'),
  (uuid '01a00000-0077-7000-8000-000000000002', uuid '01a00000-0074-7000-8000-000000000001', 'handed', 3, 'li', NULL, NULL, 'li', NULL, '2026-10-09T08:00:00+00:00'),
  (uuid '01a00000-0077-7000-8000-000000000003', uuid '01a00000-0074-7000-8000-000000000001', 'given', 1, 'li', uuid '01a00000-0075-7000-8000-000000000001', NULL, 'li', NULL, '2026-10-10T08:00:00+00:00');
INSERT INTO outreach_point (region, latitude, longitude, noted_by, noted_at) VALUES
  ('330106003', 30259000, 120130000, 'li', '2026-09-01T08:00:00+00:00');
