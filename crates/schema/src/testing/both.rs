/// Makes two tests of each function, `<name>::sqlite` and `<name>::postgres` (which passes at once when there is no
/// server). The argument is a `&DatabaseConnection`.
#[macro_export]
macro_rules! both {
    ($($(#[$attribute:meta])* async fn $name:ident($db:ident $(,)?) $body:block)*) => {$(
        $(#[$attribute])*
        // Says to clippy that this is a test; it does not look through the function that both tests call.
        #[cfg(test)]
        mod $name {
            #[allow(unused_imports, clippy::allow_attributes, reason = "a test may need nothing around it")]
            use super::*;

            async fn test_on_one_back_end($db: &$crate::sea_orm::DatabaseConnection) $body

            #[tokio::test]
            async fn sqlite() {
                let test = $crate::testing::sqlite().await;
                test_on_one_back_end(&test.db).await;
            }

            #[tokio::test]
            async fn postgres() {
                if let Some(test) = $crate::testing::postgres().await {
                    test_on_one_back_end(&test.db).await;
                }
            }
        }
    )*};
}
