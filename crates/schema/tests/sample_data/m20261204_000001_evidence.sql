INSERT INTO evidence (id, draft_id, case_id, ask_id, link_id, item, source, state, kind, sent_sha256, sent_bytes, kept_sha256, kept_bytes, pages, was_read,
                      file_key, object, small, redacted, redacted_small, redacted_sha256, redacted_by, redacted_at, account_id, taken_at, sent_at) VALUES
  (uuid '01a00000-0061-7000-8000-000000000001', uuid '01a00000-0020-7000-8000-000000000001', NULL, NULL, NULL, 'diagnosis', 'copy', 'counts', 'jpeg', 'aa', 2000, 'ab', 1900, NULL, FALSE,
   'v1|k1|n|a', '0a/0a1', '0a/0a2', NULL, NULL, NULL, NULL, NULL, 'zhang', '2026-11-01T08:00:00+00:00', '2026-11-01T08:01:00+00:00'),
  (uuid '01a00000-0061-7000-8000-000000000002', uuid '01a00000-0020-7000-8000-000000000002', uuid '01a00000-0022-7000-8000-000000000001', NULL, NULL, 'bills', 'original_seen', 'counts', 'png', 'ba', 3000, 'bb', 2900, NULL, FALSE,
   'v1|k1|n|b', '0b/0b1', '0b/0b2', '0b/0b3', '0b/0b4', 'bc', 'li', '2026-11-03T08:00:00+00:00', 'zhang', '2026-11-01T08:00:00+00:00', '2026-11-01T08:00:00+00:00'),
  (uuid '01a00000-0061-7000-8000-000000000003', NULL, uuid '01a00000-0022-7000-8000-000000000001', NULL, NULL, 'other', 'copy', 'void', 'pdf', 'ca', 4000, 'ca', 4000, 2, TRUE,
   'v1|k1|n|c', '0c/0c1', NULL, NULL, NULL, NULL, NULL, NULL, 'li', '2026-11-03T08:00:00+00:00', '2026-11-03T08:00:00+00:00');
INSERT INTO evidence_coming (object, since) VALUES ('0d/0d1', '2026-11-21T08:00:00+00:00');
