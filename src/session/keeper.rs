//! Keeps runs: history on a thread of its own, opened at the first need, so that nothing waits for the disk.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::PoisonError;
use std::sync::mpsc as thread_channel;
use std::sync::{Arc, Mutex};

use tokio::sync::{mpsc, oneshot};

use super::Notice;
use crate::history::Store;
use crate::model::{Place, Run};
use crate::redact::Redactor;
use crate::strings::session as say;

enum Job {
    Save(Box<Run>),
    List(String),
    Load(i64, oneshot::Sender<Option<(Run, Option<Place>)>>),
    Clear,
    Flush(oneshot::Sender<()>),
}

/// The session's side of the history.
pub(super) struct Keeper {
    path: Option<PathBuf>,
    limit: usize,
    redactor: Arc<Redactor>,
    notices: mpsc::UnboundedSender<Notice>,
    worker: Mutex<Option<thread_channel::Sender<Job>>>,
}

impl Keeper {
    pub fn new(
        path: Option<PathBuf>,
        limit: usize,
        redactor: Arc<Redactor>,
        notices: mpsc::UnboundedSender<Notice>,
    ) -> Self {
        Self {
            path,
            limit,
            redactor,
            notices,
            worker: Mutex::new(None),
        }
    }

    fn give(&self, job: Job) {
        let Some(path) = &self.path else {
            if matches!(job, Job::List(_) | Job::Clear) {
                let _ = self.notices.send(Notice::Said(say::NO_HISTORY.into()));
            }
            return;
        };
        let mut worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner);
        let jobs = worker.get_or_insert_with(|| {
            let (jobs, inbox) = thread_channel::channel();
            let (path, limit, notices) = (path.clone(), self.limit, self.notices.clone());
            let redactor = Arc::clone(&self.redactor);
            std::thread::spawn(move || keep((&path, limit), &redactor, &inbox, &notices));
            jobs
        });
        let _ = jobs.send(job);
    }

    /// Keeps an ended run, secrets removed first; both are done there, so that nobody waits for them.
    pub fn save(&self, run: &Run) {
        if self.path.is_some() {
            self.give(Job::Save(Box::new(run.clone())));
        }
    }

    /// Lists past runs; answered by a notice.
    pub fn list(&self, query: String) {
        self.give(Job::List(query));
    }

    /// Removes all past runs.
    pub fn clear(&self) {
        self.give(Job::Clear);
    }

    /// Reads one past run.
    pub async fn load(&self, key: i64) -> Option<(Run, Option<Place>)> {
        let (answer, answered) = oneshot::channel();
        self.give(Job::Load(key, answer));
        answered.await.ok().flatten()
    }

    /// Waits until everything given so far is on disk.
    pub async fn flush(&self) {
        if self
            .worker
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_none()
        {
            return;
        }
        let (answer, answered) = oneshot::channel();
        self.give(Job::Flush(answer));
        let _ = answered.await;
    }
}

fn keep(
    (path, limit): (&std::path::Path, usize),
    redactor: &Redactor,
    inbox: &thread_channel::Receiver<Job>,
    notices: &mpsc::UnboundedSender<Notice>,
) {
    let tell = |notice| {
        let _ = notices.send(notice);
    };
    let store = match Store::open(path, limit) {
        Ok((store, warning)) => {
            if let Some(warning) = warning {
                tell(Notice::Trouble(warning));
            }
            store
        }
        Err(error) => return tell(Notice::Trouble(say::history_failed(&error.to_string()))),
    };
    let mut keys = HashMap::new();
    while let Ok(job) = inbox.recv() {
        let outcome = match job {
            Job::Save(run) => {
                let kept = store.save(&redactor.run(&run), keys.get(&run.id).copied());
                kept.map(|key| {
                    keys.insert(run.id, key);
                })
            }
            Job::List(query) => store.list(&query).map(|runs| tell(Notice::History(runs))),
            Job::Load(key, answer) => store.load(key).map(|run| {
                let _ = answer.send(run);
            }),
            Job::Clear => store.clear().map(|()| tell(Notice::History(Vec::new()))),
            Job::Flush(answer) => {
                let _ = answer.send(());
                Ok(())
            }
        };
        if let Err(error) = outcome {
            tell(Notice::Trouble(say::history_failed(&error.to_string())));
        }
    }
}
