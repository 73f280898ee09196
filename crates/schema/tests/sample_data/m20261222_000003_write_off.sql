INSERT INTO evidence (id, draft_id, case_id, ask_id, link_id, item, source, state, kind, sent_sha256, sent_bytes, kept_sha256, kept_bytes, pages, was_read,
                      file_key, object, small, redacted, redacted_small, redacted_sha256, redacted_by, redacted_at, account_id, taken_at, sent_at) VALUES
  (uuid '01a00000-0061-7000-8000-0000000000e9', NULL, uuid '01a00000-0022-7000-8000-000000000001', NULL, NULL, 'loss', 'original_seen', 'counts', 'pdf', 'e9', 4000, 'e9', 4000, 1, TRUE,
   'v1|k1|n|e', '0e/0e9', NULL, NULL, NULL, NULL, NULL, NULL, 'li', '2026-12-21T08:00:00+00:00', '2026-12-21T08:00:00+00:00');
INSERT INTO aid_write_off (id, clawback_id, case_id, state, amount, loss, why, document, evidence_id, proposed_by, proposed_at, decided_by, decided_at) VALUES
  (uuid '01a00000-00e9-7000-8000-000000000001', uuid '01a00000-00e7-7000-8000-000000000001', uuid '01a00000-0022-7000-8000-000000000001', 'refused', 50000, 'missing', 'v1|k1|n|q', '示例〔2026〕11号', uuid '01a00000-0061-7000-8000-0000000000e9', 'li', '2026-12-21T08:10:00+00:00', 'left', '2026-12-22T08:00:00+00:00');
