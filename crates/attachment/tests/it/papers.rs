use attachment::{Examined, Kind, Limits, Mark, Marked, Refusal, examine};
use lopdf::{Document, Object, Stream, dictionary};

use crate::made::paper;

fn look(bytes: &[u8]) -> Result<Examined, Refusal> {
    examine("材料.pdf", bytes, &Limits::default())
}

#[test]
fn a_paper_is_kept_as_it_came_and_its_first_page_is_read() {
    let sent = paper("诊断证明：某某，住院九天。", |_| {});
    let found = look(&sent).unwrap();
    assert_eq!((found.kind, found.pages, found.was_read), (Kind::Pdf, Some(1), true));
    assert!(found.bytes == sent && found.small.is_none());
    let silent = look(&paper("", |_| {})).unwrap();
    assert!(!silent.was_read, "a picture of a page says nothing that can be read");
}

#[test]
fn a_mark_of_secrecy_on_the_first_page_is_found() {
    for (words, mark) in [
        ("绝密★30年", Mark::TopSecret),
        ("关于某事的通知 机 密", Mark::Secret),
        ("秘密★1年 某省某局文件", Mark::Confidential),
    ] {
        let refusal = look(&paper(words, |_| {})).unwrap_err();
        assert_eq!(refusal, Refusal::Marked(Marked::OnFirstPage(mark)), "{words}");
    }
}

/// Something more in the catalog.
fn with(key: &'static str, value: impl Fn(&mut Document) -> Object) -> Vec<u8> {
    paper("材料", |paper| {
        let value = value(paper);
        let root = paper.trailer.get(b"Root").unwrap().as_reference().unwrap();
        paper.get_object_mut(root).unwrap().as_dict_mut().unwrap().set(key, value);
    })
}

#[test]
fn a_paper_that_runs_something_or_carries_files_is_refused() {
    let action = |kind: &'static str| move |_: &mut Document| dictionary! { "S" => kind }.into();
    assert_eq!(look(&with("OpenAction", action("JavaScript"))).unwrap_err(), Refusal::Script);
    assert_eq!(look(&with("OpenAction", action("Launch"))).unwrap_err(), Refusal::Script);
    assert_eq!(look(&with("OpenAction", action("SubmitForm"))).unwrap_err(), Refusal::Script);
    let form = |_: &mut Document| dictionary! { "XFA" => Object::string_literal("x") }.into();
    assert_eq!(look(&with("AcroForm", form)).unwrap_err(), Refusal::Script);
    let files = |paper: &mut Document| {
        let file = paper.add_object(Stream::new(dictionary! {}, b"MZ".to_vec()));
        let held =
            paper.add_object(dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => file } });
        vec![held.into()].into()
    };
    assert_eq!(look(&with("AF", files)).unwrap_err(), Refusal::Files);
    let names = |_: &mut Document| dictionary! { "EmbeddedFiles" => dictionary! {} }.into();
    assert_eq!(look(&with("Names", names)).unwrap_err(), Refusal::Files);
    // Deep inside something that nobody asks for.
    let deep = |paper: &mut Document| {
        let inner = paper.add_object(dictionary! { "JS" => Object::string_literal("app.alert(1)") });
        vec![Object::Array(vec![inner.into()])].into()
    };
    assert_eq!(look(&with("PieceInfo", deep)).unwrap_err(), Refusal::Script);
    // And an innocent way in.
    assert!(look(&with("OpenAction", action("GoTo"))).is_ok());
}

#[test]
fn a_paper_with_a_lock_is_refused() {
    let locked = b"%PDF-1.5\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt 2 0 R>>\n%%EOF";
    assert_eq!(look(locked).unwrap_err(), Refusal::Locked);
}

#[test]
fn a_paper_has_as_many_pages_as_may_be() {
    let sent = paper("材料", |paper| {
        let pages = paper.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
        let kids: Vec<Object> = (0..3)
            .map(|_| paper.add_object(dictionary! { "Type" => "Page", "Parent" => pages }).into())
            .collect();
        let all = paper.get_object_mut(pages).unwrap().as_dict_mut().unwrap();
        all.set("Count", 3);
        all.set("Kids", kids);
    });
    let limits = Limits { pages: 3, ..Limits::default() };
    assert_eq!(examine("", &sent, &limits).unwrap().pages, Some(3));
    let limits = Limits { pages: 2, ..limits };
    assert_eq!(examine("", &sent, &limits).unwrap_err(), Refusal::TooManyPages(2));
}
