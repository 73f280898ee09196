INSERT INTO bank_layout (id, code, bank, valid_from, source, layout) VALUES
  (uuid '01a00000-0061-7000-8000-000000000001', 'sample', '样例银行', '2026-01-01', '示例格式', '{"separator":"bar","encoding":"gb18030","line_end":"crlf","amounts":"fen","dates":"compact","extension":"txt","out":{"head":["count"],"titles":false,"columns":[{"title":"","field":"serial"},{"title":"","field":"payee"},{"title":"","field":"account"},{"title":"","field":"amount"}],"foot":[]},"back":{"head":[],"titles":false,"columns":["serial","account","amount","result"],"foot":[],"paid":["0"],"returned":["1"],"waiting":[],"reasons":{}}}');
UPDATE aid_batch SET layout_id = uuid '01a00000-0061-7000-8000-000000000001' WHERE number = '示例发放2026-0001';
INSERT INTO bank_answer (id, batch_id, sha256, state, silent, read_by, read_at, accepted_by, accepted_at) VALUES
  (uuid '01a00000-0062-7000-8000-000000000001', uuid '01a00000-0028-7000-8000-000000000001', 'cd', 'accepted', 0, 'left', '2026-11-20T08:00:00+00:00', 'left', '2026-11-20T08:10:00+00:00'),
  (uuid '01a00000-0062-7000-8000-000000000002', uuid '01a00000-0028-7000-8000-000000000001', 'ef', 'read', 1, 'left', '2026-11-21T08:00:00+00:00', NULL, NULL);
INSERT INTO bank_answer_line (answer_id, line, payment_id, found, reason, became) VALUES
  (uuid '01a00000-0062-7000-8000-000000000001', 2, uuid '01a00000-0029-7000-8000-000000000001', 'paid', NULL, 'written'),
  (uuid '01a00000-0062-7000-8000-000000000002', 2, NULL, 'no_such_line', NULL, NULL);
