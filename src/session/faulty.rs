//! A faulty program, played by a scenario: what the real client sends at the token endpoint is spoilt on its way, as a
//! program with that mistake would have sent it. Only the lab is ever asked so; nothing else begins such a run.

use std::sync::Arc;

use super::core::Core;
use crate::flows::Context;
use crate::grants::pkce;
use crate::model::scenario::Mistake;
use crate::model::{Event, Exchange, Field, Purpose, Request, RunId, SendOptions};
use crate::strings::session as say;
use crate::wire::{HttpTransport, Transport};

/// The way to the network of a program that makes a mistake.
pub(super) struct FaultyProgram {
    wire: Arc<HttpTransport>,
    core: Arc<Core>,
    run: RunId,
    mistake: Mistake,
}

impl FaultyProgram {
    /// What the flow of such a program works with.
    pub(super) fn context(
        core: &Arc<Core>,
        run: RunId,
        mistake: Mistake,
        sound: Context<HttpTransport>,
    ) -> Context<Self> {
        Context {
            transport: Arc::new(Self {
                wire: sound.transport,
                core: Arc::clone(core),
                run,
                mistake,
            }),
            cache: sound.cache,
            ports: sound.ports,
            open_browser: sound.open_browser,
        }
    }

    fn say(&self, what: &str) {
        self.core.log(self.run, Event::new(self.core.now(), what));
    }

    /// The request with a verifier that no sign-in of this program was begun with.
    fn with_other_verifier(&self, mut request: Request) -> Request {
        let mut random = [0; pkce::RANDOM];
        self.core.setup.ports.entropy.fill(&mut random);
        let other = pkce::Proof::new(&random).verifier;
        for field in &mut request.form {
            if field.name == "code_verifier" {
                *field = Field::new("code_verifier", other.clone());
            }
        }
        request
    }
}

impl Transport for FaultyProgram {
    async fn send(&self, request: Request, options: &SendOptions) -> Exchange {
        if request.purpose != Purpose::Token {
            return self.wire.send(request, options).await;
        }
        match self.mistake {
            Mistake::RedeemsTwice => {
                let first = self.wire.send(request.clone(), options).await;
                self.core.exchanged(self.run, first);
                self.say(say::FAULTY_TWICE);
                self.wire.send(request, options).await
            }
            Mistake::MixesVerifiers => {
                self.say(say::FAULTY_VERIFIER);
                let request = self.with_other_verifier(request);
                self.wire.send(request, options).await
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grants::testing;
    use crate::model::{Authority, Flow};
    use crate::ports::MovableClock;
    use crate::redact::Redactor;
    use crate::session::{LogFile, Setup, lab_side};
    use crate::settings::guard::PasswordGuard;
    use crate::settings::throttle::ThrottleBook;

    fn core(directory: &std::path::Path) -> Arc<Core> {
        let ports = crate::host::ports();
        let setup = Setup {
            lab_clock: Arc::new(MovableClock::new(Arc::clone(&ports.clock))),
            ports,
            data_dir: directory.join("lab"),
            lab_https: false,
            history: None,
            history_limit: 0,
            guard: PasswordGuard::new(directory),
            throttle: ThrottleBook::new(directory),
            saved: None,
            own_entries: Vec::new(),
            redactor: Arc::new(Redactor::new([7; 16])),
            log: LogFile::off(),
            open_browser: false,
        };
        Core::new(setup, tokio::sync::mpsc::unbounded_channel().0)
    }

    #[tokio::test]
    async fn nobody_but_the_lab_is_asked_by_a_faulty_program() {
        let directory = tempfile::tempdir().unwrap();
        let core = core(directory.path());
        let begin = |address: &str| {
            let mut spec = testing::spec(Flow::Interactive);
            spec.authority = Authority::parse(address).unwrap();
            core.begin_faulty(spec, Mistake::RedeemsTwice)
        };
        let own = "http://127.0.0.1:7001/contoso.example";
        assert_eq!(begin(own), Err(say::FAULTY_ELSEWHERE.to_owned()));
        let lab = lab_side::ready(&core).await.unwrap();
        for address in [own, "https://login.microsoftonline.com/contoso.example"] {
            assert_eq!(begin(address), Err(say::FAULTY_ELSEWHERE.to_owned()));
        }
        assert!(core.newest(|_| true).is_none(), "no run was begun");
        let id = begin(&lab.http_authority().unwrap()).unwrap();
        assert!(core.run(id).unwrap().simulated);
        core.control(id, crate::flows::Control::Cancel);
    }
}
