//! Double-entry envelopes in fen; knows no people
