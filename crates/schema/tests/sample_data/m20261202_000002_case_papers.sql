INSERT INTO aid_supplement (id, case_id, asked, asked_by, asked_at, until, answer, supplied_by, supplied_at, by_hand, closed_at) VALUES
  (uuid '01a00000-0063-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000002', 'v1|k1|n|g', 'li', '2026-11-22T08:00:00+00:00', '2026-12-11', 'v1|k1|n|h', 'zhang', '2026-11-23T08:00:00+00:00', FALSE, NULL);
UPDATE aid_case SET status = 'declined' WHERE id = uuid '01a00000-0022-7000-8000-000000000002';
INSERT INTO aid_ruling (id, case_id, kind, ground, basis, words, ruled_by, ruled_at, appeal_until) VALUES
  (uuid '01a00000-0064-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000002', 'declined', 'not_this_kind', '示例办法', 'v1|k1|n|i', 'li', '2026-11-24T08:00:00+00:00', '2026-12-15');
INSERT INTO aid_appeal (id, case_id, ruling_id, said, filed_by, filed_at, by_hand, outcome, reason, judged_by, judged_at) VALUES
  (uuid '01a00000-0065-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000002', uuid '01a00000-0064-7000-8000-000000000001', 'v1|k1|n|j', 'zhang', '2026-11-25T08:00:00+00:00', FALSE, 'upheld', 'v1|k1|n|k', 'left', '2026-11-26T08:00:00+00:00');
