//! Instances at work. Each is a task of its own with one store; a trap ends that one and no other.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::StreamExt as _;
use futures::stream::FuturesUnordered;
use http::{Request, Response};
use hyper::body::Incoming;
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;
use wasmtime::Store;
use wasmtime::component::Accessor;
use wasmtime_wasi_http::p3::bindings::{Service, ServicePre};
use wasmtime_wasi_http::{Error, WasiBody, WasiHttpView as _, p3};

use crate::application::{Application, Component};
use crate::instance::Instance;
use crate::output::report;
use crate::response_body::Running;

/// How long Spin keeps an instance that has nothing to do.
const IDLE: Duration = Duration::from_secs(1);

/// How often an instance is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reuse {
    /// Requests in the life of an instance.
    pub requests: usize,
    /// Of them, at the same time: those that have no response yet.
    pub at_once: usize,
}

/// The instances of a component that may still be given requests.
#[derive(Default)]
pub struct Workers(Mutex<Vec<Worker>>);

struct Worker {
    jobs: mpsc::UnboundedSender<Job>,
    left: usize,
    at_work: Arc<AtomicUsize>,
    failed: Arc<AtomicBool>,
}

struct Job {
    request: Request<Incoming>,
    respond: oneshot::Sender<Response<WasiBody>>,
}

/// What a request is given: its response, once there is one.
pub struct Given {
    pub response: oneshot::Receiver<Response<WasiBody>>,
    pub running: Running,
    /// Whether the instance has come to a bad end.
    pub failed: Arc<AtomicBool>,
}

impl Workers {
    pub fn give(
        &self,
        application: &Application,
        component: &Arc<Component>,
        request: Request<Incoming>,
    ) -> Given {
        let (respond, response) = oneshot::channel();
        let mut job = Job { request, respond };
        let mut workers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        workers.retain(|worker| worker.left > 0 && !worker.jobs.is_closed());
        for worker in workers.iter_mut() {
            if worker.at_work.load(Ordering::SeqCst) >= application.reuse.at_once {
                continue;
            }
            worker.at_work.fetch_add(1, Ordering::SeqCst);
            match worker.jobs.send(job) {
                Ok(()) => {
                    worker.left -= 1;
                    return Given {
                        response,
                        running: Running::shared(),
                        failed: Arc::clone(&worker.failed),
                    };
                }
                // It ended just now.
                Err(unsent) => job = unsent.0,
            }
        }
        let (worker, running) = Worker::start(application, component, job);
        let failed = Arc::clone(&worker.failed);
        if worker.left > 0 {
            workers.push(worker);
        }
        Given { response, running, failed }
    }
}

impl Worker {
    fn start(application: &Application, component: &Arc<Component>, first: Job) -> (Self, Running) {
        let (jobs, receiver) = mpsc::unbounded_channel();
        let at_work = Arc::new(AtomicUsize::new(1));
        let failed = Arc::new(AtomicBool::new(false));
        let mut store = Instance::store(&application.engine, component, &application.storage);
        let task = tokio::spawn({
            let (component, at_work, failed) =
                (Arc::clone(component), Arc::clone(&at_work), Arc::clone(&failed));
            async move {
                if let Err(error) = run(&mut store, &component, first, receiver, &at_work).await {
                    report(&format!("{}: {error:?}", component.name));
                    // Before the store goes, and with it the senders of bodies: their end must not look like a good one.
                    failed.store(true, Ordering::SeqCst);
                }
            }
        });
        let only_one = application.reuse.requests == 1;
        // An instance that other clients use too does not end with one of them.
        let running = if only_one { Running::alone(task) } else { Running::shared() };
        (Self { jobs, left: application.reuse.requests - 1, at_work, failed }, running)
    }
}

/// Until there is no further request and the component has nothing left to do, which is later than its last response:
/// it may still write the body, or finish work behind it.
async fn run(
    store: &mut Store<Instance>,
    component: &Component,
    first: Job,
    mut jobs: mpsc::UnboundedReceiver<Job>,
    at_work: &AtomicUsize,
) -> wasmtime::Result<()> {
    let code: &ServicePre<Instance> = &component.code;
    let service = code.instantiate_async(&mut *store).await?;
    store
        .run_concurrent(async |accessor| -> wasmtime::Result<()> {
            let mut answers = FuturesUnordered::new();
            answers.push(answer(accessor, &service, component, first, at_work));
            loop {
                tokio::select! {
                    job = jobs.recv() => match job {
                        Some(job) => answers.push(answer(accessor, &service, component, job, at_work)),
                        None => break,
                    },
                    Some(answered) = answers.next() => answered?,
                    () = idle(accessor), if answers.is_empty() => jobs.close(),
                }
            }
            while let Some(answered) = answers.next().await {
                answered?;
            }
            at_rest(accessor).await;
            Ok(())
        })
        .await?
}

async fn answer(
    accessor: &Accessor<Instance>,
    service: &Service,
    component: &Component,
    Job { request, respond }: Job,
    at_work: &AtomicUsize,
) -> wasmtime::Result<()> {
    let (request, outcome) = accessor.with(|mut access| {
        let (request, outcome) = p3::Request::from_http(access.data_mut().http().hooks, request);
        (request, Box::pin(outcome) as Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>)
    });
    let answered = service.handle(accessor, request).await?;
    at_work.fetch_sub(1, Ordering::SeqCst);
    match answered {
        Ok(response) => {
            let response = accessor.with(|access| response.into_http(access, outcome))?;
            // The client has gone; dropping the body tells the component.
            let _ = respond.send(response);
        }
        // A failure of this request alone: it gets no answer, the instance goes on.
        Err(error) => report(&format!("{}: answered with the error {error:?}", component.name)),
    }
    Ok(())
}

async fn idle(accessor: &Accessor<Instance>) {
    at_rest(accessor).await;
    sleep(IDLE).await;
}

async fn at_rest(accessor: &Accessor<Instance>) {
    poll_fn(|context| accessor.poll_no_interesting_tasks(context)).await;
}
