//! Files that were damaged anywhere: read or refused, never a panic.

use proptest::prelude::*;

use crate::{
    fixture,
    made::{HEADER, SHEET, STRINGS, book, sheet},
    read,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn bytes_of_the_archive(at in 0.0..1.0_f64, byte in any::<u8>(), cut in 0.0..2.0_f64, openpyxl in any::<bool>()) {
        let mut bytes = fixture(if openpyxl { "openpyxl.xlsx" } else { "libreoffice.xlsx" });
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a small file")]
        let place = |part: f64, len: usize| ((len as f64) * part) as usize;
        let at = place(at, bytes.len());
        bytes[at] = byte;
        let cut = place(cut, bytes.len());
        bytes.truncate(cut.max(1));
        let _ = read(bytes);
    }

    #[test]
    fn characters_of_a_sheet(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = sheet(&format!("{HEADER}{}", pieces.concat()));
        let _ = read(book(&[(SHEET, text.as_bytes()), (STRINGS, b"<sst><si><t>a</t></si></sst>")]));
    }

    #[test]
    fn bytes_of_the_small_parts(name in 0..4_usize, text in "[<>/=\"a-z :&;]{0,60}", raw in prop::collection::vec(any::<u8>(), 0..60)) {
        let name = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", STRINGS][name];
        let _ = read(book(&[(name, text.as_bytes())]));
        let _ = read(book(&[(name, &raw)]));
    }
}

/// Something that stands in sheets, in no order that makes sense.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "<(row|c|v|t|is|f|rPh|mergeCell)( (r|s|t|ref)=\"[A-C0-9:szbe]{0,6}\"){0,3}/?>",
        "</(row|c|v|t|is|f|sheetData|rPh)>",
        "[0-9.E+-]{1,12}",
        "[a-z&#;<> 年月]{0,8}",
        Just("<row r=\"3\"><c r=\"A3\" s=\"1\"><v>17594</v></c></row>".to_owned()),
        Just("<![CDATA[x]]>".to_owned()),
    ]
}
