//! One change of a node: the form, what the change means for whom, and the word that it shall be done.

use actix_web::{HttpResponse, web};
use askama::Template;
use domain::{
    authority::SecurityAdmin,
    calendar::local_date,
    tree::{Became, Change, Tree, TreeError, TreeRefusal, desk, effects, hanging, look},
};

use super::{
    effects::{Meant, in_the_way, meant},
    form::{Act, Typed, read},
    which::{Which, target_code},
    words::{Named, admin, at, named, refusal},
};
use crate::{
    app::App,
    page::{Choice, Frame, Mistakes, PageError, Said, html, mistaken, see_other, see_other_saying},
    session::{Posted, SignedIn},
};

#[derive(Template)]
#[template(path = "tree/act.html")]
struct Page {
    frame: Frame,
    back: (String, String),
    href: String,
    label: &'static str,
    typed: Typed,
    kinds: Vec<Choice>,
    name: bool,
    code: &'static str,
    to: bool,
    target: &'static str,
    targets: Vec<Choice>,
    ends: bool,
    meant: Option<Meant>,
    in_the_way: Vec<String>,
}

/// What an address means.
struct Asked {
    which: Which,
    of: Option<Named>,
    act: Act,
}

async fn asked(app: &App, (tree, node, act): &(String, String, String)) -> Result<Asked, PageError> {
    let which = Which::parse(tree).ok_or(PageError::NotFound)?;
    let act = Act::parse(act).ok_or(PageError::NotFound)?;
    if node == "top" {
        return match (which, act) {
            (Which::Of(_), Act::Add) => Ok(Asked { which, of: None, act }),
            _ => Err(PageError::NotFound),
        };
    }
    let of = named(app, which, node, local_date(app.clock.now())).await?;
    if Act::of(which, &of.about()).contains(&act) {
        Ok(Asked { which, of: Some(of), act })
    } else {
        Err(PageError::NotFound)
    }
}

async fn show(
    app: &App,
    by: &SignedIn,
    asked: &Asked,
    typed: Typed,
) -> Result<(Page, SecurityAdmin), PageError> {
    let admin = admin(by).await?;
    let Asked { which, of, act } = asked;
    let back = match of {
        Some(of) => (at(*which, &of.about()), of.name().to_owned()),
        None => (format!("/console/trees/{}", which.code()), which.label().to_owned()),
    };
    let href = match of {
        Some(of) => format!("{}/{}", at(*which, &of.about()), act.code()),
        None => format!("/console/trees/{}/top/add", which.code()),
    };
    let tree = match which {
        Which::Of(tree) => Some(*tree),
        Which::Regions => None,
    };
    let kinds = tree.filter(|_| *act == Act::Add).into_iter().flat_map(Tree::kinds);
    let mut targets = Vec::new();
    if let (Act::Part, Some(Named::Node(node))) = (act, of) {
        let today = local_date(app.clock.now());
        for join in look::joins(&app.db, node.id, today).await? {
            let target = join.target();
            let name = look::target_name(&app.db, &target, today).await?;
            targets.push(Choice::new(target_code(&target), name));
        }
    }
    let label = act.label(*which);
    let title =
        of.as_ref().map_or_else(|| "在最上面加一个".to_owned(), |of| format!("{}：{label}", of.name()));
    let page = Page {
        frame: by.frame().console_at("/console/trees").titled(title),
        back,
        href,
        label,
        typed,
        kinds: kinds.map(|kind| Choice::new(kind.code(), kind.label())).collect(),
        name: matches!(act, Act::Add | Act::Rename),
        code: match (tree, act) {
            (None, Act::Add) => "代码",
            (None, Act::Move) => "新的代码",
            _ => "",
        },
        to: tree.is_some() && *act == Act::Move,
        target: match (tree, act) {
            (Some(Tree::Organ), Act::Join) => "哪个单位",
            (Some(Tree::Party), Act::Join) => "哪个支部",
            (Some(Tree::Corps), Act::Join) => "哪个地区",
            _ => "",
        },
        targets,
        ends: *act == Act::Close,
        meant: None,
        in_the_way: Vec::new(),
    };
    Ok((page, admin))
}

pub(super) async fn page(
    app: web::Data<App>,
    path: web::Path<(String, String, String)>,
    by: SignedIn,
) -> Result<HttpResponse, PageError> {
    admin(&by).await?;
    let asked = asked(&app, &path).await?;
    let on = local_date(app.clock.now()).to_string();
    html(&show(&app, &by, &asked, Typed { on, ..Typed::default() }).await?.0)
}

pub(super) async fn submit(
    app: web::Data<App>,
    path: web::Path<(String, String, String)>,
    posted: Posted<Typed>,
) -> Result<HttpResponse, PageError> {
    let Posted { by, form: typed } = posted;
    admin(&by).await?;
    let asked = asked(&app, &path).await?;
    let (page, admin) = show(&app, &by, &asked, typed.clone()).await?;
    let change = match read(&app, (asked.which, asked.of.as_ref()), asked.act, &typed).await? {
        Ok(change) => change,
        Err(mistakes) => return mistaken(&Page { frame: page.frame.with(mistakes), ..page }),
    };
    let now = app.clock.now();
    if change.shifts() && typed.sure != "yes" {
        return match effects(&app.db, &app.cx, &change, now).await {
            Ok(effects) => html(&Page { meant: Some(meant(&app, &effects).await?), ..page }),
            Err(error) => refused(&app, page, &change, error).await,
        };
    }
    match desk::propose(&app.db, &app.cx, &admin, (&change, &typed.seen), now).await {
        Ok(Became::Done(about)) => Ok(see_other_saying(&at(asked.which, &about), Said::Kept)),
        Ok(Became::Waits(id)) => Ok(see_other(&format!("/console/tree-changes/{id}"))),
        Err(error) => refused(&app, page, &change, error).await,
    }
}

/// The form once more, with what is in the way; what was typed is in it.
async fn refused(
    app: &App,
    page: Page,
    change: &Change,
    error: TreeError,
) -> Result<HttpResponse, PageError> {
    let why = match error {
        TreeError::NotFound => return Err(PageError::NotFound),
        TreeError::Db(error) => return Err(error.into()),
        TreeError::Refused(why) => why,
    };
    let now = app.clock.now();
    let (mut way, mut shown) = (Vec::new(), None);
    if let (TreeRefusal::Hangs, Some(about)) = (why, change.about()) {
        way = in_the_way(app, &hanging(&app.db, &about, (change.on(), now)).await?).await?;
    }
    if why == TreeRefusal::Otherwise
        && let Ok(effects) = effects(&app.db, &app.cx, change, now).await
    {
        shown = Some(meant(app, &effects).await?);
    }
    let (field, words) = refusal(why);
    let frame = page.frame.with(Mistakes::one(field, words));
    mistaken(&Page { frame, in_the_way: way, meant: shown, ..page })
}
