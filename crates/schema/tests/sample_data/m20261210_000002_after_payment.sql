INSERT INTO aid_receipt (id, case_id, payment_id, received, by_hand, said_by, said_at) VALUES
  (uuid '01a00000-00e2-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', uuid '01a00000-0029-7000-8000-000000000001', TRUE, FALSE, 'zhang', '2026-11-21T08:00:00+00:00');
INSERT INTO aid_sample (id, region, month, seed, share, above, listed, chosen, drawn_by, drawn_at) VALUES
  (uuid '01a00000-00e3-7000-8000-000000000001', '330106', '2026-11-01', 'af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf', 5, 400000, 1, 1, 'li', '2026-12-01T08:00:00+00:00');
INSERT INTO aid_follow_up (id, sample_id, payment_id, case_id, amount, digest, chosen, due_on, visited_on, differs, findings, visited_by, recorded_at) VALUES
  (uuid '01a00000-00e4-7000-8000-000000000001', uuid '01a00000-00e3-7000-8000-000000000001', uuid '01a00000-0029-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001',
   300000, 'af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf', 'random', '2026-12-29', '2026-12-03', FALSE, 'v1|k1|n|y', 'left', '2026-12-03T08:00:00+00:00');
INSERT INTO aid_review (id, case_id, outcome, why, reviewed_by, reviewed_at) VALUES
  (uuid '01a00000-00e5-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 'exit', 'v1|k1|n|z', 'left', '2026-12-04T08:00:00+00:00');
INSERT INTO aid_closing (id, case_id, reason, closed_by, closed_at) VALUES
  (uuid '01a00000-00e6-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 'not_any_more', 'left', '2026-12-04T08:00:00+00:00');
UPDATE aid_case SET status = 'closed' WHERE id = uuid '01a00000-0022-7000-8000-000000000001';
