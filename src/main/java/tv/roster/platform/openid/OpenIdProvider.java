package tv.roster.platform.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.openid.ProviderFault.Kind;

/// An OpenID Connect provider, as a relying party sees it: the authorization code flow (OpenID Connect Core 1.0,
/// section 3.1) with PKCE. It is asked only when somebody signs in, so that the server starts without it.
public final class OpenIdProvider implements AutoCloseable {
    /// How many sign-ins may wait for the provider at once: one that hangs must not hold more.
    private static final int AT_ONCE = 16;

    /// How long its configuration is used before it is read again.
    private static final Duration CONFIGURED_FOR = Duration.ofHours(1);

    private static final Duration BEFORE_NEXT_TRY = Duration.ofMinutes(1);

    /// How far the provider's clock may be from ours.
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private static final int JWKS_REFRESH_MILLIS = 15_000;
    private static final Scope SCOPE = new Scope("openid", "email", "profile");

    /// Signatures with a key of the provider's alone: none with the client's secret, and not `none`.
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.copyOf(JWSAlgorithm.Family.SIGNATURE);

    private final Registration registration;
    private final InstantSource clock;
    private final BoundedHttp http = new BoundedHttp();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final AtomicReference<@Nullable Configured> configured = new AtomicReference<>();

    public OpenIdProvider(Registration registration, InstantSource clock) {
        this.registration = registration;
        this.clock = clock;
    }

    private record Configured(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys, Instant until) {
        Configured until(Instant later) {
            return new Configured(metadata, keys, later);
        }
    }

    public URI issuer() {
        return registration.issuer();
    }

    /// Where the browser goes, to sign in there.
    ///
    /// @throws ProviderFault if the provider's configuration cannot be read
    public URI location(Handshake handshake) {
        return placed(() -> new AuthenticationRequest.Builder(ResponseType.CODE, SCOPE, client(), handshake.redirect())
                .endpointURI(configuration().metadata().getAuthorizationEndpointURI())
                .state(handshake.state())
                .nonce(handshake.nonce())
                .codeChallenge(handshake.verifier(), CodeChallengeMethod.S256)
                .build()
                .toURI());
    }

    /// Who the browser comes back as.
    ///
    /// @param response the address that the provider sent it to, with the query
    /// @throws ProviderFault if the provider does not say, or what it says does not belong to this sign-in
    public Claims identify(Handshake handshake, URI response) {
        return placed(() -> {
            var provider = configuration();
            var tokens = redeem(provider, handshake, code(provider, handshake, response));
            var token = verified(provider, handshake, tokens);
            return new Claims(token.toJSONObject(), userInfo(provider, tokens, token));
        });
    }

    private <T> T placed(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw new ProviderFault(Kind.UNAVAILABLE, "too many sign-ins wait for the provider");
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    /// Read again after an hour; if that fails, the one before remains in use.
    private Configured configuration() {
        var known = configured.get();
        if (known != null && clock.instant().isBefore(known.until())) {
            return known;
        }
        try {
            var read = read();
            configured.set(read);
            return read;
        } catch (IOException | GeneralException e) {
            if (known != null) {
                configured.set(known.until(clock.instant().plus(BEFORE_NEXT_TRY)));
                return known;
            }
            throw new ProviderFault(Kind.UNAVAILABLE, "its configuration cannot be read", e);
        }
    }

    private Configured read() throws IOException, GeneralException {
        var issuer = new Issuer(registration.issuer());
        var address = OIDCProviderMetadata.resolveURL(issuer);
        var metadata = OIDCProviderMetadata.parse(http.get(URI.create(address.toString())));
        if (!metadata.getIssuer().equals(issuer)) {
            throw new IOException("it is that of the issuer " + metadata.getIssuer());
        }
        return new Configured(metadata, keys(metadata), clock.instant().plus(CONFIGURED_FOR));
    }

    /// Keys are read again when a token names an unknown one, but not more often than is reasonable, and remain in use
    /// while the provider is down.
    private JWKSource<SecurityContext> keys(OIDCProviderMetadata metadata) throws MalformedURLException {
        return JWKSourceBuilder.create(metadata.getJWKSetURI().toURL(), http)
                .cache(CONFIGURED_FOR.toMillis(), JWKS_REFRESH_MILLIS)
                .refreshAheadCache(false)
                .outageTolerant(CONFIGURED_FOR.toMillis())
                .build();
    }

    private static AuthorizationCode code(Configured provider, Handshake handshake, URI address) {
        var response = parsed(address);
        // Before anything else, so that nobody is told about a sign-in that is not theirs.
        if (!handshake.state().equals(response.getState())) {
            throw new ProviderFault(Kind.NOT_TRUSTED, "the response belongs to another sign-in");
        }
        checkIssuer(provider.metadata(), response.getIssuer());
        if (!response.indicatesSuccess()) {
            throw new ProviderFault(
                    Kind.REFUSED,
                    "the provider refused: "
                            + response.toErrorResponse().getErrorObject().getCode());
        }
        var code = response.toSuccessResponse().getAuthorizationCode();
        if (code == null) {
            throw new ProviderFault(Kind.NOT_TRUSTED, "the response has no code");
        }
        return code;
    }

    private static AuthenticationResponse parsed(URI address) {
        try {
            return AuthenticationResponseParser.parse(address);
        } catch (ParseException e) {
            throw new ProviderFault(Kind.NOT_TRUSTED, "the response is not one of OpenID Connect");
        }
    }

    /// So that a code of one provider is not sent to another (RFC 9207).
    private static void checkIssuer(OIDCProviderMetadata metadata, @Nullable Issuer issuer) {
        if (issuer == null
                ? metadata.supportsAuthorizationResponseIssuerParam()
                : !issuer.equals(metadata.getIssuer())) {
            throw new ProviderFault(Kind.NOT_TRUSTED, "the response comes from another issuer");
        }
    }

    private OIDCTokens redeem(Configured provider, Handshake handshake, AuthorizationCode code) {
        var grant = new AuthorizationCodeGrant(code, handshake.redirect(), handshake.verifier());
        var address = provider.metadata().getTokenEndpointURI();
        var request = registration
                .clientSecret()
                .map(secret -> new TokenRequest.Builder(address, authentication(provider, new Secret(secret)), grant))
                .orElseGet(() -> new TokenRequest.Builder(address, client(), grant))
                .build();
        try {
            var response = OIDCTokenResponseParser.parse(request.toHTTPRequest().send(http));
            if (!response.indicatesSuccess()) {
                throw new ProviderFault(
                        Kind.NOT_TRUSTED,
                        "the code was refused: "
                                + response.toErrorResponse().getErrorObject().getCode());
            }
            return ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens();
        } catch (IOException | ParseException e) {
            throw new ProviderFault(Kind.UNAVAILABLE, "the code could not be redeemed", e);
        }
    }

    private ClientAuthentication authentication(Configured provider, Secret secret) {
        var methods = provider.metadata().getTokenEndpointAuthMethods();
        boolean onlyByPost = methods != null
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return onlyByPost ? new ClientSecretPost(client(), secret) : new ClientSecretBasic(client(), secret);
    }

    private IDTokenClaimsSet verified(Configured provider, Handshake handshake, OIDCTokens tokens) {
        var validator = new IDTokenValidator(
                provider.metadata().getIssuer(),
                client(),
                new JWSVerificationKeySelector<>(ALGORITHMS, provider.keys()),
                null);
        validator.setMaxClockSkew((int) CLOCK_SKEW.toSeconds());
        try {
            return validator.validate(tokens.getIDToken(), handshake.nonce());
        } catch (BadJOSEException e) {
            throw new ProviderFault(Kind.NOT_TRUSTED, "the ID token is not valid", e);
        } catch (JOSEException e) {
            throw new ProviderFault(Kind.UNAVAILABLE, "the ID token could not be verified", e);
        }
    }

    private Map<String, Object> userInfo(Configured provider, OIDCTokens tokens, IDTokenClaimsSet token) {
        var address = provider.metadata().getUserInfoEndpointURI();
        if (address == null) {
            return Map.of();
        }
        try {
            var response = UserInfoResponse.parse(new UserInfoRequest(address, tokens.getAccessToken())
                    .toHTTPRequest()
                    .send(http));
            var info =
                    response.indicatesSuccess() ? response.toSuccessResponse().getUserInfo() : null;
            if (info == null || !info.getSubject().equals(token.getSubject())) {
                throw new ProviderFault(Kind.UNAVAILABLE, "the UserInfo endpoint does not know who has signed in");
            }
            return info.toJSONObject();
        } catch (IOException | ParseException e) {
            throw new ProviderFault(Kind.UNAVAILABLE, "the UserInfo endpoint did not respond", e);
        }
    }

    private ClientID client() {
        return new ClientID(registration.clientId());
    }

    @Override
    public void close() {
        http.close();
    }
}
