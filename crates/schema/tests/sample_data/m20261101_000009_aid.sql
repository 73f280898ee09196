INSERT INTO aid_draft (id, account_id, person_id, answers, version, created_at, updated_at) VALUES
  (uuid '01a00000-0020-7000-8000-000000000001', 'zhang', uuid '01a00000-0005-7000-8000-000000000001', 'v1|k1|n|a', 3, '2026-11-01T08:00:00+00:00', '2026-11-01T08:05:00+00:00');
INSERT INTO aid_counter (region, year, paper, last) VALUES ('330106', 2026, 'case', 2), ('330106', 2026, 'batch', 1);
INSERT INTO aid_rule (id, category, region, valid_from, valid_to, least, most, notice_days, once_a_year, source) VALUES
  (uuid '01a00000-0021-7000-8000-000000000001', 'illness', '33', '2020-01-01', NULL, 100000, 500000, 5, TRUE, '示例办法');
INSERT INTO aid_case (id, number, draft_id, region, unit_id, person_id, applicant, for_another, category, answers, status, worker,
                      proposed, approved, paid, budget_year, account_checked, version, created_at, status_at, updated_at) VALUES
  (uuid '01a00000-0022-7000-8000-000000000001', '示例帮扶2026-0001', uuid '01a00000-0020-7000-8000-000000000002', '330106',
   uuid '01a00000-0004-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', 'zhang', FALSE, 'illness', 'v1|k1|n|b',
   'paid', 'li', 300000, 300000, 300000, 2026, TRUE, 12, '2026-11-01T08:00:00+00:00', '2026-11-20T08:00:00+00:00', '2026-11-20T08:00:00+00:00'),
  (uuid '01a00000-0022-7000-8000-000000000002', '示例帮扶2026-0002', uuid '01a00000-0020-7000-8000-000000000003', '330106',
   uuid '01a00000-0004-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001', 'zhang', FALSE, 'disaster', 'v1|k1|n|c',
   'submitted', NULL, NULL, NULL, 0, NULL, FALSE, 1, '2026-11-21T08:00:00+00:00', '2026-11-21T08:00:00+00:00', '2026-11-21T08:00:00+00:00');
INSERT INTO aid_event (id, case_id, seq, actor, role, what, at) VALUES
  (uuid '01a00000-0023-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 1, 'zhang', 'self', '{"event":"submitted"}', '2026-11-01T08:00:00+00:00'),
  (uuid '01a00000-0023-7000-8000-000000000002', uuid '01a00000-0022-7000-8000-000000000001', 2, NULL, 'system', '{"event":"account_checked"}', '2026-11-02T08:00:00+00:00');
INSERT INTO aid_visit (id, case_id, visited_on, lead, second, findings, proposed, recorded_by, recorded_at) VALUES
  (uuid '01a00000-0024-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', '2026-11-03', 'li', 'left', 'v1|k1|n|d', 300000, 'li', '2026-11-03T08:00:00+00:00');
INSERT INTO aid_approval (id, case_id, round, state, amount, asked_by, asked_at, sending_at, instance_id, decided_by, decided_at) VALUES
  (uuid '01a00000-0025-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 1, 'withdrawn', 300000, 'li', '2026-11-04T08:00:00+00:00', NULL, NULL, NULL, NULL),
  (uuid '01a00000-0025-7000-8000-000000000002', uuid '01a00000-0022-7000-8000-000000000001', 2, 'agreed', 300000, 'li', '2026-11-05T08:00:00+00:00', '2026-11-05T08:00:01+00:00', 'inst-1', 'left', '2026-11-05T09:00:00+00:00');
INSERT INTO aid_public_notice (id, case_id, state, text, opened_on, closes_on, days_left, published_by, published_at, updated_at) VALUES
  (uuid '01a00000-0026-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 'closed', '示例公示', '2026-11-05', '2026-11-12', NULL, 'li', '2026-11-05T10:00:00+00:00', '2026-11-13T00:00:00+00:00');
INSERT INTO aid_objection (id, case_id, said, recorded_by, recorded_at, outcome, resolved_by, resolved_at) VALUES
  (uuid '01a00000-0027-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 'v1|k1|n|e', 'li', '2026-11-06T08:00:00+00:00', 'dismissed', 'left', '2026-11-07T08:00:00+00:00');
INSERT INTO aid_batch (id, number, region, state, made_by, confirmed_by, count, total, sha256, version, created_at, sent_at, updated_at) VALUES
  (uuid '01a00000-0028-7000-8000-000000000001', '示例发放2026-0001', '330106', 'settled', 'li', 'left', 1, 300000, 'ab', 4, '2026-11-14T08:00:00+00:00', '2026-11-15T08:00:00+00:00', '2026-11-20T08:00:00+00:00');
INSERT INTO aid_payment (id, batch_id, line, case_id, person_id, amount, payee, account, account_tail, bank, state, reason, settled_at) VALUES
  (uuid '01a00000-0029-7000-8000-000000000001', uuid '01a00000-0028-7000-8000-000000000001', 1, uuid '01a00000-0022-7000-8000-000000000001', uuid '01a00000-0005-7000-8000-000000000001',
   300000, '示例甲', 'v1|k1|n|f', '1234', '示例银行', 'paid', NULL, '2026-11-20T08:00:00+00:00');
