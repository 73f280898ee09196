//! Files of approvals. They are put into the approvals' space by a person's client (`uploadAttachment` of the JSAPI), never by a
//! server; an app grants, and reads.
//!
//! Pages: [获取审批钉盘空间信息][space], [下载审批附件][download], [授权下载审批钉盘文件][auth], [授权预览审批附件][preview].
//!
//! [space]: https://open.dingtalk.com/document/development/obtains-the-information-about-approval-nail-disk
//! [download]: https://open.dingtalk.com/document/development/download-an-approval-attachment
//! [auth]: https://open.dingtalk.com/document/development/download-the-approval-nail-file
//! [preview]: https://open.dingtalk.com/document/development/official-authorized-preview-approval-attachment

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{call::Workflow, task::DoneAnswer};
use crate::{
    error::Error,
    ids::{AgentId, InstanceId, UserId},
    lenient,
    sealed::shows,
};

/// The most files with one decision or comment.
const MOST_FILES: usize = 20;
/// The most files of one grant to download, and of one grant to look.
const MOST_GRANTED: usize = 10;
const MOST_PREVIEWED: usize = 20;

/// A file in the approvals' space.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Attached {
    /// The space.
    #[serde(deserialize_with = "lenient::text")]
    pub space_id: String,
    /// Its id, at most 256 characters.
    #[serde(deserialize_with = "lenient::text")]
    pub file_id: String,
    /// Its name, at most 256 characters.
    pub file_name: String,
    /// Bytes, as a text.
    #[serde(deserialize_with = "lenient::text")]
    pub file_size: String,
    /// `pdf`, `jpg`, …
    pub file_type: String,
}

shows!(Attached: space_id, file_id, file_type);

/// What comes with a decision or a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Addresses of pictures, each at most 1024 characters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// At most 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attached>,
}

impl Files {
    pub(super) fn check(&self) -> Result<(), Error> {
        let long = |text: &String, most| text.chars().count() > most;
        if self.attachments.len() > MOST_FILES {
            Err(Error::NotSent("at most 20 files come with a decision or a comment"))
        } else if self.photos.iter().any(|photo| long(photo, 1024)) {
            Err(Error::NotSent("the address of a picture has at most 1024 characters"))
        } else if self.attachments.iter().any(|file| long(&file.file_id, 256) || long(&file.file_name, 256)) {
            Err(Error::NotSent("a file's id and name have at most 256 characters"))
        } else {
            Ok(())
        }
    }
}

/// `…/spaces/infos/query`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SpaceRequest {
    /// Who may put files there from now on.
    pub user_id: UserId,
    /// The app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<AgentId>,
}

/// `…/spaces/infos/query` and `…/spaces/authPreview`, answer.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SpaceAnswer {
    /// The space.
    pub result: Space,
}

/// The approvals' space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Space {
    /// Its id.
    #[serde(deserialize_with = "lenient::number")]
    pub space_id: i64,
}

/// `…/spaces/files/urls/download`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DownloadRequest {
    /// Of which instance.
    pub process_instance_id: InstanceId,
    /// Which file.
    pub file_id: String,
    /// Files of comments too. The platform spells it so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub with_comment_attatchment: bool,
}

/// `…/spaces/files/urls/download`, answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DownloadAnswer {
    /// Where it is.
    pub result: Download,
}

/// A file's address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Download {
    /// The space.
    #[serde(deserialize_with = "lenient::number")]
    pub space_id: i64,
    /// The file.
    #[serde(deserialize_with = "lenient::text")]
    pub file_id: String,
    /// Valid for 15 minutes, for whoever has it.
    pub download_uri: String,
}

shows!(Download: space_id, file_id);

/// One file of a grant.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FileInfo {
    /// Which file.
    pub file_id: String,
    /// In which space.
    #[serde(deserialize_with = "lenient::number")]
    pub space_id: i64,
}

/// `…/spaces/files/authDownload`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuthDownloadRequest {
    /// Who may.
    pub user_id: UserId,
    /// At most 10.
    pub file_infos: Vec<FileInfo>,
}

/// `…/spaces/authPreview`, request.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuthPreviewRequest {
    /// Who may.
    pub user_id: UserId,
    /// Of which instance.
    pub process_instance_id: InstanceId,
    /// Which file.
    pub file_id: String,
    /// Several at once, at most 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub file_id_list: Vec<String>,
}

const SPACES: &str = "/v1.0/workflow/processInstances/spaces";

impl Workflow<'_> {
    /// The approvals' space; from then on the person may put files there. Permission `Workflow.Instance.Write`; counted.
    pub async fn file_space(&self, person: &UserId) -> Result<Space, Error> {
        let request = SpaceRequest { user_id: person.clone(), agent_id: Some(self.0.config().agent_id) };
        let path = format!("{SPACES}/infos/query");
        let answer: SpaceAnswer = self.0.api(Method::POST, &path, &[], Some(&request)).await?;
        Ok(answer.result)
    }

    /// A file of an instance, whole: its address is asked for as by [`Self::file_address`], and fetched from the platform's storage
    /// without a token, at most [`Config::largest_file`](crate::Config::largest_file) bytes of it; what is larger is
    /// [`Error::NotUnderstood`]. Nothing says that the bytes are what their name promises.
    pub async fn file(&self, request: &DownloadRequest) -> Result<Vec<u8>, Error> {
        self.0.stored(&self.file_address(request).await?.download_uri).await
    }

    /// The address of a file, good for 15 minutes. Files of comments are found only when the request says so. Permission
    /// `Workflow.Instance.Write`; counted.
    pub async fn file_address(&self, request: &DownloadRequest) -> Result<Download, Error> {
        let path = format!("{SPACES}/files/urls/download");
        let answer: DownloadAnswer = self.0.api(Method::POST, &path, &[], Some(request)).await?;
        Ok(answer.result)
    }

    /// Lets a person download files in their client. Permission `Workflow.Instance.Write`; counted.
    pub async fn let_download(&self, person: &UserId, files: Vec<FileInfo>) -> Result<(), Error> {
        if files.is_empty() || files.len() > MOST_GRANTED {
            return Err(Error::NotSent("a grant names 1 to 10 files"));
        }
        let request = AuthDownloadRequest { user_id: person.clone(), file_infos: files };
        let path = format!("{SPACES}/files/authDownload");
        let answer: DoneAnswer = self.0.api(Method::POST, &path, &[], Some(&request)).await?;
        Error::unless_done(answer.result, "the download was not granted")
    }

    /// Lets a person look at a file in their client, once: ask again before each look. Permission `Workflow.Instance.Write`; counted.
    pub async fn let_preview(&self, request: &AuthPreviewRequest) -> Result<Space, Error> {
        if request.file_id_list.len() > MOST_PREVIEWED {
            return Err(Error::NotSent("a grant to look names at most 20 files"));
        }
        let path = format!("{SPACES}/authPreview");
        let answer: SpaceAnswer = self.0.api(Method::POST, &path, &[], Some(request)).await?;
        Ok(answer.result)
    }
}
