//! Pages of the old host as one stream: whoever reads it neither counts nor forgets the last page.

use futures_util::{Stream, TryStreamExt, stream};

use crate::error::Error;

/// One page, and where the next begins.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) next: Option<i64>,
}

/// Every item of every page. The first error ends the stream; so does a cursor that does not move, which would never end.
pub(crate) fn stream<T, F, A>(fetch: F) -> impl Stream<Item = Result<T, Error>>
where
    F: Fn(i64) -> A + Clone,
    A: Future<Output = Result<Page<T>, Error>>,
{
    stream::try_unfold(Some(0), move |cursor| {
        let fetch = fetch.clone();
        async move {
            let Some(cursor) = cursor else { return Ok(None) };
            let page = fetch(cursor).await?;
            let next = page.next.filter(|next| *next > cursor);
            Ok(Some((stream::iter(page.items.into_iter().map(Ok)), next)))
        }
    })
    .try_flatten()
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt;

    use super::{Page, stream};
    use crate::error::Error;

    async fn read(pages: &'static [(i64, Option<i64>)]) -> Result<Vec<i64>, Error> {
        stream(|cursor| async move {
            let page = pages.iter().find(|(at, _)| *at == cursor).ok_or(Error::NotSent("no page"))?;
            Ok(Page { items: vec![cursor, cursor + 1], next: page.1 })
        })
        .try_collect()
        .await
    }

    #[tokio::test]
    async fn pages_follow_each_other_until_there_is_none() {
        assert_eq!(read(&[(0, Some(2)), (2, None)]).await.unwrap(), [0, 1, 2, 3]);
    }

    #[tokio::test]
    async fn a_cursor_that_stands_still_ends_it_and_an_error_is_handed_on() {
        assert_eq!(read(&[(0, Some(0))]).await.unwrap(), [0, 1]);
        assert!(read(&[(0, Some(9))]).await.is_err());
    }
}
