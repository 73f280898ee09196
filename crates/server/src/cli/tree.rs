//! `tree`: the four trees at the machine itself. Whoever runs it needs no second person, and the chain says that it was done here.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use chrono::NaiveDate;
use domain::{
    By,
    calendar::local_date,
    ids::TreeNodeId,
    region::Regions,
    tree::{
        About, Change, Effects, NodeKind, Target, Tree, TreeError, TreeNode, TreeRefusal, carry_out_in,
        commands::NewNode, hanging, look,
    },
};
use mailbox::transaction;

use super::tree_arguments::{TreeCommand, When};
use crate::{
    app::App,
    clock::Clock,
    config::Config,
    terminal::{complain, say},
    tree::which::{self, Unclear, Which},
};

/// Runs it.
pub(super) async fn run(config: Config, command: TreeCommand) -> anyhow::Result<ExitCode> {
    let app = App::build(config, Clock::System).await?;
    let today = local_date(app.clock.now());
    match command {
        TreeCommand::Show { tree, node, on, all, .. } => {
            show(&app, tree_of(&tree)?, node.as_deref(), (on.unwrap_or(today), all)).await?;
            Ok(ExitCode::SUCCESS)
        }
        TreeCommand::Add { tree, name, under, kind, code, when, .. } => {
            let change = match (tree_of(&tree)?, code) {
                (Which::Regions, Some(code)) => Change::FoundRegion { code, name, on: when.from },
                (Which::Regions, None) => bail!("--code says which region it is, and below what"),
                (Which::Of(tree), _) => {
                    let kind = kind_of(tree, &kind)?;
                    let parent = match under {
                        Some(under) => Some(node(&app, tree, &under, when.from).await?.id),
                        None => None,
                    };
                    Change::Found(NewNode { kind, name, parent, from: when.from })
                }
            };
            carry_out(&app, change, when).await
        }
        TreeCommand::Rename { tree, node: of, name, when, .. } => {
            let change = match about(&app, tree_of(&tree)?, &of, when.from).await? {
                About::Node(node) => Change::Rename { node, name, on: when.from },
                About::Region(code) => Change::RenameRegion { code, name, on: when.from },
            };
            carry_out(&app, change, when).await
        }
        TreeCommand::Move { tree, node: of, to, when, .. } => {
            let which = tree_of(&tree)?;
            let change = match (about(&app, which, &of, when.from).await?, which) {
                (About::Node(id), Which::Of(tree)) => {
                    let parent = node(&app, tree, &to, when.from).await?.id;
                    Change::Move { node: id, parent, on: when.from }
                }
                (About::Region(code), _) => {
                    let to = to.parse().with_context(|| format!("{to} is no region's code"))?;
                    Change::MoveRegion { code, to, on: when.from }
                }
                (About::Node(_), Which::Regions) => bail!("a region is named by its code or name"),
            };
            carry_out(&app, change, when).await
        }
        TreeCommand::Join { tree, node: of, what, when, .. } => {
            let (node, target) = pair(&app, &tree, (&of, &what), when.from).await?;
            carry_out(&app, Change::Join { node, target, on: when.from }, when).await
        }
        TreeCommand::Part { tree, node: of, what, when, .. } => {
            let (node, target) = pair(&app, &tree, (&of, &what), when.from).await?;
            carry_out(&app, Change::Part { node, target, on: when.from }, when).await
        }
        TreeCommand::Close { tree, node: of, when, .. } => {
            let change = match about(&app, tree_of(&tree)?, &of, when.from).await? {
                About::Node(node) => Change::Close { node, on: when.from },
                About::Region(code) => Change::CloseRegion { code, on: when.from },
            };
            carry_out(&app, change, when).await
        }
    }
}

fn tree_of(code: &str) -> anyhow::Result<Which> {
    Which::parse(code).with_context(|| format!("there is no tree {code}; say organ, region, party or corps"))
}

fn kind_of(tree: Tree, code: &str) -> anyhow::Result<NodeKind> {
    let all = || tree.kinds().map(NodeKind::code).collect::<Vec<_>>().join(", ");
    let found = tree.kinds().find(|kind| kind.code() == code);
    found.with_context(|| format!("--kind is one of {}", all()))
}

fn clear<T>(found: Result<T, Unclear>, text: &str) -> anyhow::Result<T> {
    match found {
        Ok(one) => Ok(one),
        Err(Unclear::Several) => bail!("several are called {text}; write ABOVE/NAME"),
        Err(Unclear::Nothing | Unclear::Unknown) => bail!("nothing is called {text} on that day"),
    }
}

async fn node(app: &App, tree: Tree, text: &str, on: NaiveDate) -> anyhow::Result<TreeNode> {
    clear(which::node(&app.db, tree, text, on).await?, text)
}

async fn about(app: &App, which: Which, text: &str, on: NaiveDate) -> anyhow::Result<About> {
    Ok(match which {
        Which::Of(tree) => About::Node(node(app, tree, text, on).await?.id),
        Which::Regions => {
            let regions = Regions::load(&app.db).await?;
            About::Region(clear(which::region(&regions, text, on), text)?.code.clone())
        }
    })
}

async fn pair(
    app: &App,
    tree: &str,
    (of, what): (&str, &str),
    on: NaiveDate,
) -> anyhow::Result<(TreeNodeId, Target)> {
    let Which::Of(tree) = tree_of(tree)? else { bail!("to a region nothing is joined: units name theirs") };
    let node = node(app, tree, of, on).await?;
    Ok((node.id, clear(which::target(&app.db, tree, what, on).await?, what)?))
}

async fn show(
    app: &App,
    which: Which,
    below: Option<&str>,
    (on, all): (NaiveDate, bool),
) -> anyhow::Result<()> {
    let mut lines = 0_usize;
    match which {
        Which::Of(tree) => {
            let top = match below {
                Some(text) => Some(node(app, tree, text, on).await?.id),
                None => None,
            };
            let mut open: Vec<(usize, TreeNode)> = Vec::new();
            let level = async |of| look::children(&app.db, tree, of, on).await;
            open.extend(level(top).await?.into_iter().rev().map(|node| (0, node)));
            while let Some((depth, node)) = open.pop() {
                lines += 1;
                say(format!(
                    "{:depth$}{} ({}) {}",
                    "",
                    node.name,
                    node.kind.code(),
                    node.id,
                    depth = 2 * depth
                ));
                if all {
                    let next = level(Some(node.id)).await?;
                    open.extend(next.into_iter().rev().map(|node| (depth + 1, node)));
                }
            }
        }
        Which::Regions => {
            let regions = Regions::load(&app.db).await?;
            let mut open: Vec<(usize, &domain::region::Region)> = match below {
                Some(text) => {
                    let code = &clear(which::region(&regions, text, on), text)?.code;
                    regions.children(code, on).into_iter().rev().map(|region| (0, region)).collect()
                }
                None => regions.of_level(1, on).map(|region| (0, region)).collect(),
            };
            while let Some((depth, region)) = open.pop() {
                lines += 1;
                say(format!("{:depth$}{} {}", "", region.name, region.code, depth = 2 * depth));
                if all {
                    let next = regions.children(&region.code, on).into_iter().rev();
                    open.extend(next.map(|region| (depth + 1, region)));
                }
            }
        }
    }
    if lines == 0 {
        say(format!("nothing is there on {on}"));
    }
    Ok(())
}

async fn carry_out(app: &App, change: Change, when: When) -> anyhow::Result<ExitCode> {
    let now = app.clock.now();
    let tx = transaction::write(&app.db).await?;
    let done = carry_out_in(&tx, &app.cx, By::INSTALLER, &change, now).await;
    match done {
        Ok((about, effects)) => {
            tell(&effects);
            if when.dry_run {
                say("nothing is written");
            } else {
                tx.commit().await?;
                say(format!("{about} is as it was asked for from {} on; the audit chain says so", when.from));
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(TreeError::Refused(refused)) => {
            drop(tx);
            complain(format!("nothing is changed: {}", why(refused)));
            if let (TreeRefusal::Hangs, Some(about)) = (refused, change.about()) {
                let it = hanging(&app.db, &about, (when.from, now)).await?;
                it.below.iter().for_each(|name| complain(format!("below it: {name}")));
                for (name, people) in &it.places {
                    complain(format!("belongs to it: {name}, {people} people"));
                }
                if it.residents + it.cases > 0 {
                    complain(format!("{} people live there, {} cases are open", it.residents, it.cases));
                }
                for grant in &it.grants {
                    complain(format!("grant {}: {} is {}", grant.id, grant.account_id, grant.role.code()));
                }
            }
            Ok(ExitCode::FAILURE)
        }
        Err(error) => Err(error.into()),
    }
}

fn tell(effects: &Effects) {
    for shift in &effects.shifts {
        let (grant, (comes, goes)) = (&shift.grant, shift.people);
        let (in_places, out_places) = shift.places;
        say(format!(
            "{} as {} over {}: {comes} people come ({in_places} places), {goes} go ({out_places})",
            grant.account_id,
            grant.role.code(),
            grant.scope
        ));
    }
}

const fn why(refused: TreeRefusal) -> &'static str {
    match refused {
        TreeRefusal::OtherTree => "the two stand in different trees",
        TreeRefusal::Circle => "a node would stand below itself",
        TreeRefusal::Day => "the day lies before what is so already, or something else begins later",
        TreeRefusal::NotYet => "a region gets its new code on the day itself",
        TreeRefusal::NoName => "a name has letters",
        TreeRefusal::Hangs => "something still hangs on it",
        TreeRefusal::Exists => "that code is taken on that day or later",
        TreeRefusal::Code => "a region's code begins with that of the region above it, which must be there",
        TreeRefusal::Waits => "a change of it waits for a second person",
        TreeRefusal::SamePerson | TreeRefusal::NotWaiting => "it waits for somebody else",
        TreeRefusal::Otherwise => "it would mean something else than what was shown",
    }
}
