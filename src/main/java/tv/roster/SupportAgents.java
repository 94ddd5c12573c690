package tv.roster;

import java.net.URI;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tv.roster.agents.Agents;
import tv.roster.agents.AgentsApi;
import tv.roster.agents.provider.ProviderSignIn;
import tv.roster.agents.sessions.AgentSessions;
import tv.roster.agents.sessions.SessionLimits;
import tv.roster.agents.setup.SetupLinks;
import tv.roster.agents.signin.OwnAccount;
import tv.roster.agents.signin.SecondFactorRenewal;
import tv.roster.agents.signin.SecondFactors;
import tv.roster.agents.signin.SignIn;
import tv.roster.credentials.hashing.PasswordHasher;
import tv.roster.events.log.EventLines;
import tv.roster.installation.InstallationSecrets;
import tv.roster.platform.background.Sweeper.Sweep;
import tv.roster.platform.database.Database;
import tv.roster.platform.jsonapi.Cursors;
import tv.roster.platform.openid.OpenIdProvider;
import tv.roster.platform.secrets.KeyUse;
import tv.roster.platform.secrets.Seal;
import tv.roster.settings.ConsoleSettings;
import tv.roster.values.ids.AgentId;

/// The parts for agents: who they are, how they sign in, and their sessions.
final class SupportAgents implements AutoCloseable {
    private final Parts parts = new Parts();
    private final AgentSessions sessions;
    private final SignIn signIn;
    private final SetupLinks links;
    private final OwnAccount ownAccount;
    private final Agents agents;
    private final Optional<ProviderSignIn> provider;

    SupportAgents(
            ConsoleSettings settings,
            Database database,
            PasswordHasher hasher,
            InstallationSecrets secrets,
            EventLines lines) {
        var factors = new SecondFactors(new Seal(secrets.keys(KeyUse.AGENTS)));
        sessions = new AgentSessions(database, new SessionLimits(settings.idle(), settings.session()), lines);
        signIn = new SignIn(database, hasher, factors, settings.secondFactor(), lines);
        ownAccount = new OwnAccount(database, hasher, factors, lines);
        links = new SetupLinks(database, hasher, signIn, lines);
        agents = new Agents(database, links, sessions, lines);
        parts.opened(new SecondFactorRenewal(database, factors).start());
        provider = settings.provider()
                .map(operators -> new ProviderSignIn(
                        database,
                        parts.opened(new OpenIdProvider(operators.registration(), lines.clock())),
                        operators.claims(),
                        new Seal(secrets.keys(KeyUse.PROVIDER_SIGN_INS)),
                        signIn,
                        lines));
    }

    /// @param publicUrl where clients find the console; empty: where they find the API
    AgentsApi api(Cursors cursors, Optional<URI> publicUrl) {
        return new AgentsApi(
                agents, cursors, request -> publicUrl.map(URI::toASCIIString).orElseGet(request::origin));
    }

    /// The name of an agent, or null if there is none with this id.
    @Nullable
    String nameOf(AgentId id) {
        return agents.nameOf(id).orElse(null);
    }

    AgentSessions sessions() {
        return sessions;
    }

    SignIn signIn() {
        return signIn;
    }

    /// Signing in at the operator's own provider; empty if there is none.
    Optional<ProviderSignIn> provider() {
        return provider;
    }

    OwnAccount ownAccount() {
        return ownAccount;
    }

    SetupLinks links() {
        return links;
    }

    void addSweeps(SequencedMap<String, Sweep<Database>> sweeps) {
        sweeps.put("agent_sessions", sessions::sweep);
        sweeps.put("agent_sign_ins", SignIn::sweep);
        sweeps.put("agent_attempts", SignIn::sweepAttempts);
        sweeps.put("agent_setup_links", SetupLinks::sweep);
    }

    @Override
    public void close() {
        parts.close();
    }
}
