//! Places at which a test may stop us, as a crash or a failing disk would.

use sea_orm::DbErr;

/// A step between two others. Nothing at all, unless a test has switched on the feature `failpoints` of the crate `fail` and wants
/// something of this point, once:
///
/// * `return(error)`: an error comes back, as if the database had failed;
/// * `return(hang)`: it never comes back, and from then on neither does any other, as if the process had died here, while the test
///   goes on;
/// * `return(kill)`: the process dies here.
///
/// Names are unique in the workspace. `server` has the list of all of them among its tests, and walks through each.
pub async fn point(name: &'static str) -> Result<(), DbErr> {
    if wanted(EVERYWHERE).is_some() {
        std::future::pending::<()>().await;
    }
    let Some(word) = wanted(name) else { return Ok(()) };
    // Once; and the test can see that we were here.
    let _ = fail::cfg(name, "off");
    match word.as_str() {
        "kill" => std::process::abort(),
        "hang" => {
            let _ = fail::cfg(EVERYWHERE, "return(hang)");
            std::future::pending().await
        }
        _ => Err(DbErr::Custom("a test stopped us".to_owned())),
    }
}

/// The point that stands for all of them, once one hangs; the test removes it when it has thrown the dead server away.
const EVERYWHERE: &str = "everywhere";

fn wanted(name: &str) -> Option<String> {
    // Where the points are nothing, the name is not looked at.
    let _ = name;
    fail::fail_point!(name, |word| Some(word.unwrap_or_default()));
    None
}

/// Reads from the variable `FAILPOINTS` what a test wants of this process. Where the points are nothing, so is this.
pub fn points_from_environment() {
    if fail::has_failpoints() {
        // What it has set up lasts as long as the process.
        std::mem::forget(fail::FailScenario::setup());
    }
}
